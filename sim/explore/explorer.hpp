// Runs a scenario under many seeds, on several threads, until one breaks an invariant. What is
// found does not depend on the number of threads: the lowest failing seed is.
#pragma once

#include <cstdint>
#include <functional>
#include <optional>
#include <vector>

#include "sim/explore/virtual_run.hpp"
#include "sim/scenario/scenario.hpp"

namespace escrowstorm::sim {

struct ExploreOptions {
  std::uint64_t first_seed = 1;
  std::uint64_t seeds = 1000;
  unsigned jobs = 1;
  bool keep_going = false;  // on after a violation, to find others
};

struct ExploreProgress {
  std::uint64_t runs = 0;
  std::uint64_t calls = 0;
  std::size_t schedules = 0;  // runs that were unlike each other, by their digests
  std::size_t found = 0;      // invariants that were violated
  std::uint64_t ready = 0;    // escrows, in all runs
  std::uint64_t failed = 0;
};

// The first seed that broke an invariant, and the how many-th in its run it was to be broken.
struct FoundViolation {
  std::uint64_t seed = 0;
  std::size_t place = 0;
  Violation violation;
};

struct Explored {
  ExploreProgress progress;
  std::vector<FoundViolation> found;  // one for each invariant, by seed and place; the first alone
                                      // unless it kept going
  ProbeCounts probes;                 // in all runs; nothing: no run could meet it
  bool cut_short = false;
};

// Called on the calling thread about five times a second; false: enough.
using GoOn = std::function<bool(const ExploreProgress&)>;

// What a run throws is a bug and comes out here.
Explored explore(const Scenario& scenario, const ExploreOptions& options, const GoOn& go_on);

}  // namespace escrowstorm::sim
