// The world of the mock fleet: in this process and on this loop, but behind real sockets on free
// loopback ports, so that everything of HTTP is in the run.
#include <sys/resource.h>

#include <optional>
#include <system_error>

#include "base/http/rpc_transport.hpp"
#include "base/http/server.hpp"
#include "coordinator/slots/policies.hpp"
#include "mockrpc/chain/chain.hpp"
#include "mockrpc/daemon/daemon.hpp"
#include "mockrpc/fleet/fleet.hpp"
#include "mockrpc/storage/memory_storage.hpp"
#include "sim/world/mock_bank.hpp"
#include "sim/world/mock_fleet.hpp"
#include "sim/world/needs.hpp"
#include "sim/world/real_world.hpp"
#include "sim/world/storage_folder.hpp"
#include "sim/world/worlds.hpp"

namespace escrowstorm::sim {
namespace {

void ensure_descriptors(const Scenario& scenario) {
  rlimit limit{};
  ::getrlimit(RLIMIT_NOFILE, &limit);
  limit.rlim_cur = limit.rlim_max;
  ::setrlimit(RLIMIT_NOFILE, &limit);
  const rlim_t needed = mock_descriptors(scenario);
  if (limit.rlim_max >= needed) return;
  throw WorldError(std::to_string(scenario.fleet.instances) + " mock instances and " +
                   std::to_string(scenario.escrows_at_once()) + " escrows at once need " +
                   std::to_string(needed) + " file descriptors, the limit is " +
                   std::to_string(limit.rlim_max) +
                   ": take fewer of them (storm.concurrency) or raise it (ulimit -Hn)");
}

class MockWorld final : public RealWorld {
 public:
  MockWorld(const Scenario& scenario, const Random& random, const WorldOptions& options)
      : RealWorld(options.scratch, options.database_key),
        chain_(clock_, clock_.unix_began(), random.stream("mock.chain")),
        daemon_(chain_, version_of(scenario.fleet), network_of(scenario.fleet)),
        daemon_server_(loop_.get_executor(), http::ServerLimits()),
        daemon_endpoint_(daemon_.listen(daemon_server_, http::Endpoint{"127.0.0.1", 0})),
        fleet_(clock_, executors_, random, storage_,
               mock_fleet_options(scenario, chain_, daemon_endpoint_.port, options)),
        server_(loop_.get_executor(), http::ServerLimits()),
        entropy_(random.stream(passwords_stream)),
        folder_(storage_, clock_, options.ledger) {
    transport_ = std::make_unique<http::RpcTransport>(
        loop_.get_executor(), clock_, fleet_.listen(server_, http::Endpoint{"127.0.0.1", 0}));
    wallet_prefix_ = mock_wallet_prefix;  // the storage is new
    if (scenario.needs_money()) bank_.emplace(scenario, random, options, bank_host());
  }

  mockrpc::Fleet* fleet() override { return &fleet_; }
  mockrpc::Chain* chain() override { return &chain_; }
  coordinator::Entropy& entropy() override { return entropy_; }
  coordinator::WalletFolder* wallet_folder() override { return &folder_; }
  Bank* bank() override { return bank_ ? &bank_->bank() : nullptr; }
  const http::Endpoint& daemon() const { return daemon_endpoint_; }

 private:
  // In process: what is under test does not talk to it.
  MockBankHost bank_host() {
    return MockBankHost{.chain = chain_,
                        .clock = clock_,
                        .executor = loop_.get_executor(),
                        .of_instance = loop_.get_executor(),
                        .alarms = nullptr,
                        .carried = Carried::as_values};
  }

  mockrpc::MemoryStorage storage_;
  mockrpc::Chain chain_;
  mockrpc::Daemon daemon_;
  http::Server daemon_server_;
  http::Endpoint daemon_endpoint_;
  mockrpc::Fleet fleet_;
  http::Server server_;  // after the fleet: it ends first
  coordinator::SeededEntropy entropy_;
  StorageFolder folder_;
  std::optional<MockBank> bank_;
};

}  // namespace

std::unique_ptr<World> make_mock_world(const Scenario& scenario, const Random& random,
                                       const WorldOptions& options) {
  ensure_descriptors(scenario);
  try {
    auto world = std::make_unique<MockWorld>(scenario, random, options);
    if (options.say)
      options.say("mock: " + std::to_string(scenario.fleet.instances) +
                  " wallet RPCs answer, latency " + scenario.fleet.latency + ", their monerod on " +
                  world->daemon().to_string());
    return world;
  } catch (const std::system_error& e) {
    throw WorldError(std::string(e.what()) +
                     ": take fewer instances (--set fleet.instances=N), or see what holds the "
                     "ports or descriptors of this machine");
  }
}

}  // namespace escrowstorm::sim
