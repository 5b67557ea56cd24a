// The fleet of the mock as a scenario describes it: for the worlds that have one. Errors are thrown
// as WorldError.
#pragma once

#include <cstdint>

#include "mockrpc/fleet/fleet.hpp"
#include "sim/scenario/scenario.hpp"
#include "sim/world/worlds.hpp"

namespace escrowstorm::sim {

mockrpc::Network network_of(const FleetSection& fleet);
mockrpc::Version version_of(const FleetSection& fleet);

// `daemon_port`: where the chain's daemon listens; 0: nowhere.
mockrpc::FleetOptions mock_fleet_options(const Scenario& scenario, mockrpc::Chain& chain,
                                         std::uint16_t daemon_port, const WorldOptions& options);

// Of the coordinator's wallets in a storage that is new.
inline constexpr std::string_view mock_wallet_prefix = "escrow";

// Of the run's seed: what their passwords are made of.
inline constexpr std::string_view passwords_stream = "passwords";

}  // namespace escrowstorm::sim
