// What a world takes of the machine for a scenario: descriptors are exact where a world asks for
// them; memory and disk are measured and rounded up. Pure functions.
#pragma once

#include <cstdint>
#include <string_view>

#include "sim/scenario/scenario.hpp"

namespace escrowstorm::sim {

struct Needs {
  std::uint64_t descriptors = 0;
  std::uint64_t memory_bytes = 0;
  std::uint64_t ports = 0;          // on loopback
  std::uint64_t scratch_bytes = 0;  // of the run's scratch directory
  bool monero = false;              // monerod and monero-wallet-rpc
};

// `world`: a name of worlds().
Needs needs_of(const Scenario& scenario, std::string_view world);

// A listening socket for each instance of the mock, and both ends of the connections.
std::uint64_t mock_descriptors(const Scenario& scenario);

// Instances that regtest starts: more than three for each escrow under way would never be used.
std::uint32_t regtest_instances(const Scenario& scenario);

}  // namespace escrowstorm::sim
