// Makes a failing scenario smaller: fewer escrows, fewer instances, fewer faults, weaker ones, a
// shorter schedule, while it still fails as it did. What is left is what somebody has to look at.
//
// Greedy: each way of making it smaller is tried, the boldest step first, until none helps or the
// runs are used up. Another size of a storm meets its trouble under another seed, so each candidate
// gets a few.
#pragma once

#include <cstdint>
#include <functional>

#include "sim/scenario/scenario.hpp"

namespace escrowstorm::sim {

// Whether a scenario, with the seed that is in it, breaks what the first one broke.
using StillFails = std::function<bool(const Scenario&)>;

struct Shrunk {
  Scenario scenario;
  std::uint64_t runs = 0;
};

// REQUIRES: still_fails(failing).
Shrunk shrink(Scenario failing, const StillFails& still_fails, std::uint64_t runs_max = 3000);

}  // namespace escrowstorm::sim
