#include "sim/world/mock_fleet.hpp"

#include <algorithm>
#include <array>
#include <variant>

#include "mockrpc/latency/computing_only.hpp"
#include "sim/world/world.hpp"

namespace escrowstorm::sim {

mockrpc::Network network_of(const FleetSection& fleet) {
  constexpr std::array networks{mockrpc::Network::mainnet, mockrpc::Network::testnet,
                                mockrpc::Network::stagenet};
  const auto at = std::find_if(networks.begin(), networks.end(), [&](mockrpc::Network network) {
    return name_of(network) == fleet.network;
  });
  if (at == networks.end()) throw WorldError("no such network: " + fleet.network);
  return *at;
}

mockrpc::Version version_of(const FleetSection& fleet) {
  const auto version = mockrpc::find_version(fleet.emulate);
  if (!version) throw WorldError("no such version of monero-wallet-rpc: " + fleet.emulate);
  return *version;
}

mockrpc::FleetOptions mock_fleet_options(const Scenario& scenario, mockrpc::Chain& chain,
                                         std::uint16_t daemon_port, const WorldOptions& world) {
  const FleetSection& fleet = scenario.fleet;
  auto latency = mockrpc::LatencyProfile::load(fleet.latency, fleet.emulate);
  if (const auto* wrong = std::get_if<std::string>(&latency)) throw WorldError(*wrong);
  mockrpc::FleetOptions options;
  options.instances = fleet.instances;
  options.version = version_of(fleet);
  options.network = network_of(fleet);
  options.latency = std::get<mockrpc::LatencyProfile>(std::move(latency));
  if (world.calls_never_wait) options.latency = computing_only(options.latency);
  options.cores = fleet.cores;
  options.chain = &chain;
  options.daemon_port = daemon_port;
  options.enforce_ring_size = scenario.needs_money();
  options.offline = fleet.offline;
  options.ledger = world.ledger;
  options.faults = world.faults;
  return options;
}

}  // namespace escrowstorm::sim
