// Which of a scenario's waits and locks can go: each is taken away alone, and a wait that can't be
// is halved and then bisected down to the shortest that still holds. A verdict rests on runs in the
// virtual world under many seeds.
#pragma once

#include <cstdint>
#include <functional>
#include <optional>
#include <string>
#include <vector>

#include "base/time.hpp"
#include "sim/ablate/lock_kind.hpp"
#include "sim/ablate/trial.hpp"
#include "sim/ablate/wait_kind.hpp"
#include "sim/scenario/scenario.hpp"

namespace escrowstorm::sim {

enum class Removal : unsigned char {
  safe,        // without it nothing fails
  unsafe,      // without it something fails, and with it nothing
  useless,     // something fails with it, and not less often than without
  not_enough,  // something fails with it, but less often than without
  unknown,     // it was cut short
};

struct WaitFinding {
  const WaitKind* wait = nullptr;
  Duration as_is{};
  Removal verdict = Removal::unknown;
  Trial without;
  // Of one that is needed: the shortest that was seen to hold, and the longest that was seen to
  // fail, with what failed then.
  Duration holds{};
  Duration fails{};
  TrialFailure failure;
};

struct LockFinding {
  const LockKind* lock = nullptr;
  std::string_view as_is;
  Removal verdict = Removal::unknown;
  Trial without;
};

struct Ablation {
  Trial as_is;
  std::vector<WaitFinding> waits;  // those that the scenario has, in the table's order
  std::vector<LockFinding> locks;  // likewise
  // Where it holds as it is: with none at all, if there are several; and with those only that are
  // needed, the waits as short as they can be.
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

// What fails often shows it soon: two rates are told apart by so many runs.
inline constexpr std::uint64_t rate_runs_max = 100;

// What is tried now and how many runs of it are done. False: enough.
using AblationProgress = std::function<bool(const std::string& what, std::uint64_t runs)>;

// Whether there is anything to take away.
bool has_waits_or_locks(const Scenario& scenario);

// Several of one scenario can stand for each other: each verdict is of that wait or lock alone,
// with the others as they are.
Ablation ablate(const Scenario& scenario, const AblationOptions& options,
                const AblationProgress& progress);

Scenario without_any(Scenario scenario);

// With those that are needed, the waits as short as they can be, and no other.
Scenario with_least(Scenario scenario, const Ablation& ablation);

}  // namespace escrowstorm::sim
