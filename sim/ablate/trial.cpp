#include "sim/ablate/trial.hpp"

#include "sim/explore/runs_by_seed.hpp"
#include "sim/explore/virtual_run.hpp"
#include "sim/virtual/scheduler.hpp"

namespace escrowstorm::sim {
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
  const auto run = [&](std::uint64_t seed,
                       const std::function<bool()>& stopped) -> std::optional<RunResult> {
    const VirtualOutcome outcome =
        run_virtually(seeded(scenario, seed), {nullptr, nullptr, stopped});
    if (outcome.interrupted) return std::nullopt;
    return result_of(outcome, seed);
  };
  const auto fails = [](const RunResult& result) { return result.failure.has_value(); };
  const auto [results, cut_short] = run_by_seed<RunResult>(
      {options.first_seed, options.runs, options.jobs}, options.to_the_end, run, fails, go_on);
  Trial trial = trial_of(results);
  trial.stopped_at_failure = trial.failure && !options.to_the_end;
  trial.cut_short = cut_short;
  return trial;
}

}  // namespace escrowstorm::sim
