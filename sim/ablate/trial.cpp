#include "sim/ablate/trial.hpp"

#include <algorithm>
#include <array>
#include <iterator>
#include <map>
#include <mutex>
#include <vector>

#include "sim/explore/seed_workers.hpp"
#include "sim/virtual/scheduler.hpp"

namespace escrowstorm::sim {
namespace {

struct Ran {
  Duration setup{};
  Duration makespan{};
  std::optional<TrialFailure> failure;
};

using RanBySeed = std::map<std::uint64_t, Ran>;

Duration median(const RanBySeed& ran, Duration Ran::*value) {
  std::vector<Duration> all;
  for (const auto& [seed, one] : ran)
    if (one.*value > Duration::zero()) all.push_back(one.*value);
  if (all.empty()) return Duration::zero();
  const auto middle = all.begin() + static_cast<std::ptrdiff_t>(all.size() / 2);
  std::nth_element(all.begin(), middle, all.end());
  return *middle;
}

Trial learn(const RanBySeed& ran) {
  Trial trial;
  trial.rate.runs = ran.size();
  for (const auto& [seed, one] : ran) {
    if (!one.failure) continue;
    ++trial.rate.failures;
    if (!trial.failure) trial.failure = one.failure;
  }
  trial.setup = median(ran, &Ran::setup);
  trial.makespan = median(ran, &Ran::makespan);
  return trial;
}

// Seeds after the first failure, which were under way, are a matter of luck.
void forget_after_failure(RanBySeed& ran) {
  const auto failed = std::find_if(ran.begin(), ran.end(),
                                   [](const auto& one) { return one.second.failure.has_value(); });
  if (failed != ran.end()) ran.erase(std::next(failed), ran.end());
}

}  // namespace

Scenario seeded(Scenario scenario, std::uint64_t seed) {
  const std::span<const SchedulerKind> kinds = schedulers();
  scenario.world = "virtual";
  scenario.seed = seed;
  scenario.schedule = kinds[seed % kinds.size()].name;
  return scenario;
}

std::optional<TrialFailure> failure_of(const VirtualOutcome& outcome, std::uint64_t seed) {
  if (!outcome.violations.empty())
    return TrialFailure{seed, std::string(outcome.violations.front().invariant), true};
  if (!outcome.failures.empty()) return TrialFailure{seed, outcome.failures.front().reason, false};
  if (outcome.escrows.unfinished() > 0)
    return TrialFailure{seed, "an escrow that never ended", false};
  return std::nullopt;
}

Trial try_out(const Scenario& scenario, const TrialOptions& options,
              const std::function<bool(std::uint64_t runs)>& go_on) {
  std::mutex mutex;
  RanBySeed ran;
  const RunSeed run = [&](std::uint64_t seed, const std::function<bool()>& stopped) {
    const VirtualOutcome outcome =
        run_virtually(seeded(scenario, seed), {nullptr, nullptr, stopped});
    if (outcome.interrupted) return true;
    Ran one{outcome.setup.count > 0 ? outcome.setup.p50 : Duration::zero(), outcome.makespan,
            failure_of(outcome, seed)};
    const bool goes_on = options.to_the_end || !one.failure;
    const std::lock_guard lock(mutex);
    ran.emplace(seed, std::move(one));
    return goes_on;
  };
  const bool cut_short = run_seeds({options.first_seed, options.runs, options.jobs}, run, [&] {
    std::unique_lock lock(mutex);
    const std::uint64_t runs = ran.size();
    lock.unlock();
    return go_on(runs);
  });
  if (!options.to_the_end) forget_after_failure(ran);
  Trial trial = learn(ran);
  trial.stopped_at_failure = trial.failure && !options.to_the_end;
  trial.cut_short = cut_short;
  return trial;
}

}  // namespace escrowstorm::sim
