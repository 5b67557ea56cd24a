#include "sim/ablate/ablation.hpp"

#include <algorithm>

#include "sim/report/wording.hpp"

namespace escrowstorm::sim {
namespace {

// What fails often shows it soon: two rates are told apart by so many runs.
constexpr std::uint64_t rate_runs_max = 100;
constexpr int steps_in_a_wait = 20;
constexpr Duration shortest_step = std::chrono::milliseconds(1);

class Ablator {
 public:
  Ablator(const Scenario& scenario, const AblationOptions& options,
          const AblationProgress& progress)
      : scenario_(scenario), options_(options), progress_(progress) {}

  Ablation run() {
    result_.as_is = until_failure(scenario_, "as it is");
    const bool holds = result_.as_is.holds();
    if (!holds && !stopped_) result_.as_is = how_often(scenario_, "as it is");
    for (const WaitKind& wait : wait_kinds())
      if (wait.of(scenario_) > Duration::zero() && !stopped_)
        result_.waits.push_back(holds ? shorten(wait) : compare(wait));
    if (holds && result_.waits.size() > 1 && !stopped_) try_together();
    result_.cut_short = stopped_;
    return std::move(result_);
  }

 private:
  // Of a scenario that holds with it.
  WaitFinding shorten(const WaitKind& wait) {
    WaitFinding finding = begin(wait);
    finding.without = until_failure(without(wait), "without " + std::string(wait.name));
    if (stopped_) return finding;
    if (finding.without.holds()) {
      finding.verdict = WaitVerdict::safe;
      return finding;
    }
    finding.holds = finding.as_is;
    finding.failure = *finding.without.failure;
    if (bisect(finding)) finding.verdict = WaitVerdict::needed;
    return finding;
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

  // Of a scenario that fails with it.
  WaitFinding compare(const WaitKind& wait) {
    WaitFinding finding = begin(wait);
    finding.without = how_often(without(wait), "without " + std::string(wait.name));
    if (stopped_) return finding;
    const bool helps = finding.without.rate.at_least() > result_.as_is.rate.at_most();
    finding.verdict = helps ? WaitVerdict::not_enough : WaitVerdict::useless;
    return finding;
  }

  void try_together() {
    Scenario none = scenario_;
    for (const WaitKind& wait : wait_kinds()) none = with_wait(std::move(none), wait, {});
    result_.with_none = until_failure(none, "without any wait");
    const Scenario least = with_least_waits(scenario_, result_.waits);
    if (!stopped_)
      result_.with_least =
          least == none ? result_.with_none : until_failure(least, "with the shortest waits");
  }

  WaitFinding begin(const WaitKind& wait) const {
    WaitFinding finding;
    finding.wait = &wait;
    finding.as_is = wait.of(scenario_);
    return finding;
  }

  Scenario without(const WaitKind& wait) const { return with_wait(scenario_, wait, {}); }

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

Ablation ablate(const Scenario& scenario, const AblationOptions& options,
                const AblationProgress& progress) {
  return Ablator(scenario, options, progress).run();
}

Scenario with_least_waits(Scenario scenario, const std::vector<WaitFinding>& findings) {
  for (const WaitFinding& finding : findings) {
    const bool needed = finding.verdict == WaitVerdict::needed;
    scenario =
        with_wait(std::move(scenario), *finding.wait, needed ? finding.holds : Duration::zero());
  }
  return scenario;
}

}  // namespace escrowstorm::sim
