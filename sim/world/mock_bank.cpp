#include "sim/world/mock_bank.hpp"

#include "mockrpc/keys/address.hpp"
#include "sim/world/mock_fleet.hpp"

namespace escrowstorm::sim {
namespace {

mockrpc::FleetOptions fleet_options(const Scenario& scenario, const WorldOptions& world,
                                    const MockBankHost& host) {
  mockrpc::FleetOptions options = mock_fleet_options(scenario, host.chain, 0, world);
  options.instances = 1;
  options.cores = 1;
  options.offline = false;
  options.ledger = nullptr;
  options.faults = nullptr;
  options.alarms = host.alarms;
  return options;
}

// The fleet's first instance draws its keys from a stream of the same name.
Random random_of_its_own(const Random& random) { return Random(random.stream("bank").next()); }

}  // namespace

Awaitable<BankResult<std::uint64_t>> ChainMiner::mine(std::string address, std::uint64_t blocks) {
  const auto recipient = mockrpc::parse_address(address, network_);
  if (!recipient) co_return bank_error("no address to mine for");
  for (std::uint64_t i = 0; i < blocks; ++i) chain_.mine(recipient->spend);
  co_return chain_.height();
}

MockBank::MockBank(const Scenario& scenario, const Random& random, const WorldOptions& options,
                   const MockBankHost& host)
    : executors_(host.of_instance),
      fleet_(host.clock, executors_, random_of_its_own(random), storage_,
             fleet_options(scenario, options, host)),
      transport_(fleet_, host.clock, host.carried),
      miner_(host.chain, network_of(scenario.fleet)),
      bank_(transport_, miner_, host.clock, host.executor) {}

}  // namespace escrowstorm::sim
