#include "sim/ablate/trial.hpp"

#include <algorithm>
#include <iterator>
#include <mutex>
#include <vector>

#include "sim/explore/seed_workers.hpp"
#include "sim/explore/virtual_run.hpp"
#include "sim/virtual/scheduler.hpp"

namespace escrowstorm::sim {
namespace {

Duration median_of(const ResultBySeed& results, Duration RunResult::*value) {
  std::vector<Duration> all;
  for (const auto& [seed, one] : results)
    if (one.*value > Duration::zero()) all.push_back(one.*value);
  if (all.empty()) return Duration::zero();
  const auto middle = all.begin() + static_cast<std::ptrdiff_t>(all.size() / 2);
  std::nth_element(all.begin(), middle, all.end());
  return *middle;
}

// Seeds after the first failure, which were under way, are a matter of luck.
void forget_after_failure(ResultBySeed& results) {
  const auto failed = std::find_if(results.begin(), results.end(),
                                   [](const auto& one) { return one.second.failure.has_value(); });
  if (failed != results.end()) results.erase(std::next(failed), results.end());
}

}  // namespace

Trial trial_of(const ResultBySeed& results) {
  Trial trial;
  trial.rate.runs = results.size();
  for (const auto& [seed, one] : results) {
    for (const std::string& broken : one.broken) ++trial.broken[broken];
    if (!one.failure) continue;
    ++trial.rate.failures;
    if (!trial.failure) trial.failure = one.failure;
  }
  trial.setup = median_of(results, &RunResult::setup);
  trial.makespan = median_of(results, &RunResult::makespan);
  return trial;
}

Scenario seeded(Scenario scenario, std::uint64_t seed) {
  const std::span<const SchedulerKind> kinds = schedulers();
  scenario.world = "virtual";
  scenario.seed = seed;
  scenario.schedule = kinds[seed % kinds.size()].name;
  return scenario;
}

Trial try_out(const Scenario& scenario, const TrialOptions& options,
              const std::function<bool(std::uint64_t runs)>& go_on) {
  std::mutex mutex;
  ResultBySeed results;
  const RunSeed run = [&](std::uint64_t seed, const std::function<bool()>& stopped) {
    const VirtualOutcome outcome =
        run_virtually(seeded(scenario, seed), {nullptr, nullptr, stopped});
    if (outcome.interrupted) return true;
    RunResult result = result_of(outcome, seed);
    const bool goes_on = options.to_the_end || !result.failure;
    const std::lock_guard lock(mutex);
    results.emplace(seed, std::move(result));
    return goes_on;
  };
  const bool cut_short = run_seeds({options.first_seed, options.runs, options.jobs}, run, [&] {
    std::unique_lock lock(mutex);
    const std::uint64_t runs = results.size();
    lock.unlock();
    return go_on(runs);
  });
  if (!options.to_the_end) forget_after_failure(results);
  Trial trial = trial_of(results);
  trial.stopped_at_failure = trial.failure && !options.to_the_end;
  trial.cut_short = cut_short;
  return trial;
}

}  // namespace escrowstorm::sim
