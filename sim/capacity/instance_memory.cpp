#include "sim/capacity/instance_memory.hpp"

#include <algorithm>
#include <array>

namespace escrowstorm::sim {
namespace {

struct MeasuredMemory {
  std::string_view version;
  std::array<std::uint64_t, 3> kib;  // three processes
};

// Resident set of real processes on loopback regtest, as their latencies were measured for
// mockrpc/profiles/: at the end, after 36 and 54 wallets were created on three instances (their
// "rss_kib").
constexpr std::array measured_memory{
    MeasuredMemory{"0.18.0.0", {35'548, 35'024, 37'328}},
    MeasuredMemory{"0.18.5.1", {35'956, 32'904, 35'036}},
};

// In other sessions on regtest it was 30 to 45 MiB.
constexpr std::uint64_t seen_most_kib = 45 * 1024;

std::uint64_t most_of(const MeasuredMemory& one) {
  return *std::max_element(one.kib.begin(), one.kib.end());
}

}  // namespace

InstanceMemory memory_of_an_instance(std::string_view version) {
  InstanceMemory memory{0, seen_most_kib};
  for (const MeasuredMemory& one : measured_memory)
    if (one.version == version) memory.measured_kib = most_of(one);
  if (memory.measured_kib > 0) return memory;
  for (const MeasuredMemory& one : measured_memory)
    memory.measured_kib = std::max(memory.measured_kib, most_of(one));
  return memory;
}

}  // namespace escrowstorm::sim
