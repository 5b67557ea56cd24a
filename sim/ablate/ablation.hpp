// Which of a scenario's waits can go: each is taken away alone, and one that can't be is halved and
// then bisected down to the shortest that still holds. A verdict rests on runs in the virtual world
// under many seeds.
#pragma once

#include <cstdint>
#include <functional>
#include <optional>
#include <string>
#include <vector>

#include "base/time.hpp"
#include "sim/ablate/trial.hpp"
#include "sim/ablate/wait_kind.hpp"
#include "sim/scenario/scenario.hpp"

namespace escrowstorm::sim {

enum class WaitVerdict : unsigned char {
  safe,        // without it nothing fails
  needed,      // without it something fails, and with it nothing
  useless,     // something fails with it, and not less often than without
  not_enough,  // something fails with it, but less often than without
  unknown,     // it was cut short
};

struct WaitFinding {
  const WaitKind* wait = nullptr;
  Duration as_is{};
  WaitVerdict verdict = WaitVerdict::unknown;
  Trial without;
  // Of one that is needed: the shortest that was seen to hold, and the longest that was seen to
  // fail, with what failed then.
  Duration holds{};
  Duration fails{};
  TrialFailure failure;
};

struct Ablation {
  Trial as_is;
  std::vector<WaitFinding> waits;  // those that the scenario has, in the table's order
  // Where it holds as it is and has several waits: with none of them at all, and with those only
  // that are needed, as short as they can be.
  std::optional<Trial> with_none;
  std::optional<Trial> with_least;
  bool cut_short = false;
};

struct AblationOptions {
  std::uint64_t first_seed = 1;
  std::uint64_t runs = 1000;  // of each variant that holds
  unsigned jobs = 1;
  std::optional<Duration>
      step;  // how exact the shortest is found; nothing: a twentieth of the wait
};

// What is tried now and how many runs of it are done. False: enough.
using AblationProgress = std::function<bool(const std::string& what, std::uint64_t runs)>;

// Several waits of one scenario can stand for each other: each verdict is of that wait alone, with
// the others as they are.
Ablation ablate(const Scenario& scenario, const AblationOptions& options,
                const AblationProgress& progress);

// The scenario with the waits that are needed, as short as they can be, and no other.
Scenario with_least_waits(Scenario scenario, const std::vector<WaitFinding>& findings);

}  // namespace escrowstorm::sim
