#include "sim/capacity/load_trial.hpp"

#include <algorithm>
#include <cmath>
#include <map>

#include "sim/explore/runs_by_seed.hpp"
#include "sim/report/wording.hpp"

namespace escrowstorm::sim {
namespace {

constexpr const char* growth_criterion = "wait growth <= 2%";
static_assert(wait_growth_percent_max == 2);

using LoadRuns = std::map<std::uint64_t, LoadRun>;  // by seed

bool falls_short(const LoadRun& run) {
  return !run.violated.empty() || run.growth_percent > wait_growth_percent_hopeless ||
         std::any_of(run.thresholds.begin(), run.thresholds.end(),
                     [](const ThresholdResult& threshold) { return !threshold.pass; });
}

// Of two results of one threshold the one that is further from being met.
bool is_further_off(const Threshold& threshold, const ThresholdResult& a,
                    const ThresholdResult& b) {
  if (a.pass != b.pass) return b.pass;
  if (!a.actual || !b.actual) return b.actual.has_value();
  const bool wants_much =
      threshold.op == Threshold::Op::greater || threshold.op == Threshold::Op::greater_equal;
  return wants_much ? *a.actual < *b.actual : *a.actual > *b.actual;
}

std::vector<ThresholdResult> worst_of(const std::vector<Threshold>& thresholds,
                                      const LoadRuns& runs) {
  std::vector<ThresholdResult> worst;
  for (std::size_t i = 0; i < thresholds.size(); ++i) {
    const ThresholdResult* found = nullptr;
    for (const auto& [seed, run] : runs)
      if (!found || is_further_off(thresholds[i], run.thresholds[i], *found))
        found = &run.thresholds[i];
    if (found) worst.push_back(*found);
  }
  return worst;
}

// The mean; where it is hopeless in a run, the most, since others may not have been looked at.
std::optional<double> growth_of(const LoadRuns& runs) {
  double sum = 0;
  double most = 0;
  std::size_t count = 0;
  for (const auto& [seed, run] : runs) {
    if (!run.growth_percent) continue;
    sum += *run.growth_percent;
    most = std::max(most, *run.growth_percent);
    ++count;
  }
  if (count == 0) return std::nullopt;
  return most > wait_growth_percent_hopeless ? most : sum / static_cast<double>(count);
}

ThresholdResult judge_growth(const LoadRuns& runs) {
  constexpr double shown_as_nothing = 0.005;
  ThresholdResult growth;
  growth.text = growth_criterion;
  growth.unit = "%";
  growth.actual = growth_of(runs);
  if (growth.actual && std::abs(*growth.actual) < shown_as_nothing) growth.actual = 0;
  growth.pass = growth.actual && *growth.actual <= wait_growth_percent_max;
  return growth;
}

std::optional<LoadTrial::Shortfall> shortfall_of(const LoadTrial& trial, const LoadRuns& runs) {
  for (const auto& [seed, run] : runs)
    if (!run.violated.empty()) return LoadTrial::Shortfall{run.violated, "violated", ""};
  for (const ThresholdResult& one : trial.criteria) {
    if (one.pass) continue;
    LoadTrial::Shortfall shortfall{one.text, actual_text(one), ""};
    for (const auto& [seed, run] : runs)
      if (shortfall.why.empty() && one.text.starts_with("escrows.failed"))
        shortfall.why = run.failure;
    return shortfall;
  }
  return std::nullopt;
}

LoadTrial learn_from(const Scenario& scenario, const LoadRuns& runs) {
  LoadTrial trial;
  trial.runs = runs.size();
  trial.criteria = worst_of(scenario.thresholds, runs);
  if (scenario.storm.arrivals.kind != "closed") trial.criteria.push_back(judge_growth(runs));
  if (!runs.empty()) trial.shortfall = shortfall_of(trial, runs);
  trial.setup_p50 = median_of(runs, &LoadRun::setup_p50);
  trial.life_p50 = median_of(runs, &LoadRun::life_p50);
  Duration computing{};
  std::uint64_t completed = 0;
  for (const auto& [seed, run] : runs) {
    if (!trial.seed && falls_short(run)) trial.seed = seed;
    trial.setup_p99 = std::max(trial.setup_p99, run.setup_p99);
    computing += run.computing;
    completed += run.completed;
  }
  if (completed > 0) trial.computing_per_escrow = computing / static_cast<std::int64_t>(completed);
  return trial;
}

CapacityVariant with_seed(CapacityVariant variant, std::uint64_t seed) {
  variant.scenario.world = "virtual";
  variant.scenario.seed = seed;
  return variant;
}

}  // namespace

const ThresholdResult* LoadTrial::criterion(const std::string& text) const {
  const auto at = std::find_if(criteria.begin(), criteria.end(),
                               [&](const ThresholdResult& one) { return one.text == text; });
  return at == criteria.end() ? nullptr : &*at;
}

std::string shortfall_text(const LoadTrial::Shortfall& shortfall) {
  return shortfall.criterion + ": " + shortfall.actual +
         (shortfall.why.empty() ? "" : " (" + printable(shortfall.why) + ")");
}

LoadTrial try_load(const CapacityVariant& variant, const SeedRange& seeds, bool to_the_end,
                   const std::function<bool(std::uint64_t runs)>& go_on) {
  const auto run = [&](std::uint64_t seed,
                       const std::function<bool()>& stopped) -> std::optional<LoadRun> {
    LoadRun one = run_load(with_seed(variant, seed), stopped);
    if (one.interrupted) return std::nullopt;
    return one;
  };
  const auto [runs, cut_short] = run_by_seed<LoadRun>(seeds, to_the_end, run, falls_short, go_on);
  LoadTrial trial = learn_from(variant.scenario, runs);
  trial.cut_short = cut_short;
  return trial;
}

}  // namespace escrowstorm::sim
