#include "sim/world/needs.hpp"

#include <algorithm>

#include "base/http/rpc_transport.hpp"
#include "base/transport.hpp"
#include "coordinator/slots/policies.hpp"

namespace escrowstorm::sim {
namespace {

constexpr std::uint64_t mib = 1024 * 1024;
constexpr std::uint64_t own_bytes = 64 * mib;
constexpr std::uint64_t bytes_per_instance = mib / 16;  // of the mock
constexpr std::uint64_t bytes_per_escrow = mib / 16;
constexpr std::uint64_t bytes_per_program = 64 * mib;  // monerod, and each wallet RPC
constexpr std::uint64_t files_per_program = 2 * mib;
constexpr std::uint64_t descriptors_besides = 100;
constexpr std::uint64_t descriptors_per_program = 4;  // of ours: its process, its port, its calls

// At most so many at once. An instance of its own is asked one thing at a time; on shared ones
// every role of every escrow may ask, and what is idle is kept.
std::uint64_t connections_needed(const Scenario& scenario) {
  const std::uint64_t instances = scenario.fleet.instances;
  if (coordinator::find_slot_policy(scenario.coordinator.slots)->exclusive) return instances;
  constexpr std::uint64_t roles = 3;
  return roles * scenario.escrows_at_once() +
         instances * http::TransportLimits().idle_connections_max;
}

Needs regtest_needs(const Scenario& scenario) {
  const std::uint64_t programs = 1 + regtest_instances(scenario) + (scenario.needs_money() ? 1 : 0);
  Needs needs;
  needs.descriptors = descriptors_besides + descriptors_per_program * programs;
  needs.memory_bytes = own_bytes + bytes_per_program * programs;
  needs.ports = programs;
  needs.scratch_bytes = own_bytes + files_per_program * programs;
  needs.monero = true;
  return needs;
}

}  // namespace

std::uint64_t mock_descriptors(const Scenario& scenario) {
  return scenario.fleet.instances + 2 * connections_needed(scenario) + descriptors_besides;
}

std::uint32_t regtest_instances(const Scenario& scenario) {
  const std::uint64_t useful = std::uint64_t{3} * scenario.escrows_at_once();
  return static_cast<std::uint32_t>(
      std::min<std::uint64_t>(scenario.fleet.instances, std::max<std::uint64_t>(useful, 3)));
}

Needs needs_of(const Scenario& scenario, std::string_view world) {
  Needs needs;
  if (world == "regtest") {
    needs = regtest_needs(scenario);
  } else {
    needs.descriptors = descriptors_besides;
    needs.memory_bytes = own_bytes;
    if (world != "live") needs.memory_bytes += bytes_per_instance * scenario.fleet.instances;
    if (world == "live") needs.descriptors += connections_needed(scenario);
    if (world == "mock") needs.descriptors = mock_descriptors(scenario);
    if (world == "mock") needs.ports = scenario.fleet.instances + connections_needed(scenario) + 1;
    if (world != "virtual") needs.scratch_bytes = own_bytes;
  }
  needs.memory_bytes += bytes_per_escrow * scenario.storm.escrows;
  if (world != "virtual") needs.scratch_bytes += bytes_per_escrow * scenario.storm.escrows;
  return needs;
}

}  // namespace escrowstorm::sim
