#include "sim/ablate/ablation.hpp"

#include <algorithm>

#include "sim/report/wording.hpp"

namespace escrowstorm::sim {
namespace {

constexpr int steps_in_a_wait = 20;
constexpr Duration shortest_step = std::chrono::milliseconds(1);

class Ablator {
 public:
  Ablator(const Scenario& scenario, const AblationOptions& options,
          const AblationProgress& progress)
      : scenario_(scenario), options_(options), progress_(progress) {}

  Ablation run() {
    result_.as_is = until_failure(scenario_, "as it is");
    if (!result_.as_is.holds() && !stopped_) result_.as_is = how_often(scenario_, "as it is");
    for (const WaitKind& wait : wait_kinds())
      if (wait.of(scenario_) > Duration::zero() && !stopped_) result_.waits.push_back(judge(wait));
    for (const LockKind& lock : lock_kinds())
      if (!lock.value(scenario_).empty() && !stopped_) result_.locks.push_back(judge(lock));
    if (result_.as_is.holds() && !stopped_) try_together();
    result_.cut_short = stopped_;
    return std::move(result_);
  }

 private:
  WaitFinding judge(const WaitKind& wait) {
    WaitFinding finding;
    finding.wait = &wait;
    finding.as_is = wait.of(scenario_);
    finding.without =
        take_away(with_wait(scenario_, wait, {}), "without " + std::string(wait.name));
    finding.verdict = verdict_on(finding.without);
    if (finding.verdict != Removal::unsafe) return finding;
    finding.holds = finding.as_is;
    finding.failure = *finding.without.failure;
    if (!bisect(finding)) finding.verdict = Removal::unknown;
    return finding;
  }

  LockFinding judge(const LockKind& lock) {
    LockFinding finding;
    finding.lock = &lock;
    finding.as_is = lock.value(scenario_);
    finding.without = take_away(without_lock(scenario_, lock), std::string(lock.gone));
    finding.verdict = verdict_on(finding.without);
    return finding;
  }

  // Where it fails as it is, what counts is how often.
  Trial take_away(const Scenario& without, const std::string& what) {
    return result_.as_is.holds() ? until_failure(without, what) : how_often(without, what);
  }

  Removal verdict_on(const Trial& without) const {
    if (stopped_) return Removal::unknown;
    if (result_.as_is.holds()) return without.holds() ? Removal::safe : Removal::unsafe;
    const bool helps = without.rate.at_least() > result_.as_is.rate.at_most();
    return helps ? Removal::not_enough : Removal::useless;
  }

  // Halves it until it fails, then halves what is between. False when it was stopped.
  bool bisect(WaitFinding& finding) {
    const Duration step =
        std::max(options_.step.value_or(finding.as_is / steps_in_a_wait), shortest_step);
    while (finding.holds - finding.fails > step) {
      const Duration middle = finding.fails + (finding.holds - finding.fails) / 2;
      const Trial trial =
          until_failure(with_wait(scenario_, *finding.wait, middle),
                        std::string(finding.wait->name) + " of " + duration_text(middle));
      if (stopped_) return false;
      if (trial.holds()) {
        finding.holds = middle;
      } else {
        finding.fails = middle;
        finding.failure = *trial.failure;
      }
    }
    return true;
  }

  void try_together() {
    const Scenario none = without_any(scenario_);
    const Scenario least = with_least(scenario_, result_);
    if (result_.waits.size() + result_.locks.size() > 1)
      result_.with_none = until_failure(none, "without any of them");
    if (stopped_) return;
    if (least == scenario_)
      result_.with_least = result_.as_is;
    else if (least == none && result_.with_none)
      result_.with_least = result_.with_none;
    else
      result_.with_least = until_failure(least, "with the least that holds");
  }

  Trial until_failure(const Scenario& scenario, const std::string& what) {
    return try_variant(scenario, what, options_.runs, false);
  }
  Trial how_often(const Scenario& scenario, const std::string& what) {
    return try_variant(scenario, what, std::min(options_.runs, rate_runs_max), true);
  }

  Trial try_variant(const Scenario& scenario, const std::string& what, std::uint64_t runs,
                    bool to_the_end) {
    const TrialOptions options{options_.first_seed, runs, options_.jobs, to_the_end};
    Trial trial =
        try_out(scenario, options, [&](std::uint64_t done) { return progress_(what, done); });
    stopped_ = stopped_ || trial.cut_short;
    return trial;
  }

  const Scenario& scenario_;
  const AblationOptions& options_;
  const AblationProgress& progress_;
  Ablation result_;
  bool stopped_ = false;
};

}  // namespace

bool has_waits_or_locks(const Scenario& scenario) { return without_any(scenario) != scenario; }

Ablation ablate(const Scenario& scenario, const AblationOptions& options,
                const AblationProgress& progress) {
  return Ablator(scenario, options, progress).run();
}

Scenario without_any(Scenario scenario) {
  for (const WaitKind& wait : wait_kinds()) scenario = with_wait(std::move(scenario), wait, {});
  for (const LockKind& lock : lock_kinds()) scenario = without_lock(std::move(scenario), lock);
  return scenario;
}

Scenario with_least(Scenario scenario, const Ablation& ablation) {
  for (const WaitFinding& finding : ablation.waits) {
    const bool needed = finding.verdict == Removal::unsafe;
    scenario =
        with_wait(std::move(scenario), *finding.wait, needed ? finding.holds : Duration::zero());
  }
  for (const LockFinding& finding : ablation.locks)
    if (finding.verdict != Removal::unsafe)
      scenario = without_lock(std::move(scenario), *finding.lock);
  return scenario;
}

}  // namespace escrowstorm::sim
