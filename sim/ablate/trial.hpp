// Runs one variant of a scenario in the virtual world under many seeds, each with latencies and a
// schedule of its own, and counts the runs that fail: in which an invariant was violated, or an
// escrow failed or never ended. What comes out does not depend on the number of threads.
#pragma once

#include <cstdint>
#include <functional>
#include <map>
#include <optional>
#include <string>

#include "base/time.hpp"
#include "sim/ablate/failure_rate.hpp"
#include "sim/ablate/run_result.hpp"
#include "sim/scenario/scenario.hpp"

namespace escrowstorm::sim {

struct TrialOptions {
  std::uint64_t first_seed = 1;
  std::uint64_t runs = 1000;
  unsigned jobs = 1;
  bool to_the_end = false;  // on after a failure, to learn how often
};

struct Trial {
  FailureRate rate;                     // of the seeds up to the first failure, or of all
  bool stopped_at_failure = false;      // then the rate says nothing about how often it fails
  std::optional<TrialFailure> failure;  // of the lowest seed that failed; nothing: none did
  std::map<std::string, std::uint64_t> broken;  // in how many runs each was (RunResult::broken)
  Duration setup{};                             // the median run's; zero: none became ready
  Duration makespan{};                          // the median run's
  bool cut_short = false;

  bool holds() const { return !failure && !cut_short; }
};

using ResultBySeed = std::map<std::uint64_t, RunResult>;

// What so many runs came to. Neither stopped nor cut short, as far as they tell.
Trial trial_of(const ResultBySeed& results);

// The run that `seed` stands for: a scheduler by turns.
Scenario seeded(Scenario scenario, std::uint64_t seed);

// `go_on` is called on the calling thread about five times a second with the runs so far; false:
// enough. What a run throws is a bug and comes out here.
Trial try_out(const Scenario& scenario, const TrialOptions& options,
              const std::function<bool(std::uint64_t runs)>& go_on);

}  // namespace escrowstorm::sim
