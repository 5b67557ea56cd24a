// One storm of set-ups in the virtual world, its time and what it went to, beside the least
// possible time of the very same calls.
#pragma once

#include <cstdint>
#include <map>
#include <string>

#include "bench/setup_bound.hpp"

namespace escrowstorm::bench {

struct StormToRun {
  std::uint32_t escrows = 1;
  std::uint32_t instances = 3;
  std::uint32_t cores = 3;
  bool verify_wallet = true;
  std::string latency = "measured";
  std::uint64_t seed = 1;
};

struct MeasuredStorm {
  Duration makespan{};
  LeastTime least;
  std::map<EscrowId, EscrowCalls> escrows;
  // Sums over all instances: leased, and of that with a call under way. Over all escrows: commits.
  Duration leased{};
  Duration calling{};
  Duration committing{};
  // Over all calls, what they compute.
  Duration computing{};

  double ratio() const { return to_ms(makespan) / to_ms(least.least()); }
};

// Throws when not all escrows become ready, or when the least possible time was beaten, which would
// be a mistake in it.
MeasuredStorm run_storm(const StormToRun& storm);

// The text of a latency profile in which every call takes what the measured one has as its median.
std::string median_profile();

}  // namespace escrowstorm::bench
