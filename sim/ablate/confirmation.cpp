#include "sim/ablate/confirmation.hpp"

#include <algorithm>

namespace escrowstorm::sim {
namespace {

// Up to the first failure.
Trial try_for_real(const Variant& variant, const ConfirmationOptions& options, const RunOnce& run,
                   const std::function<bool()>& go_on) {
  ResultBySeed results;
  bool cut_short = false;
  bool failed = false;
  for (std::uint64_t at = 0; at < options.runs && !failed && !cut_short; ++at) {
    Scenario scenario = variant.scenario;
    scenario.world = options.world;
    scenario.seed = options.first_seed + at;
    auto result = go_on() ? run(scenario, variant.name) : std::nullopt;
    cut_short = !result;
    if (!result) break;
    failed = result->failure.has_value();
    results.emplace(scenario.seed, std::move(*result));
  }
  Trial trial = trial_of(results);
  trial.stopped_at_failure = failed;
  trial.cut_short = cut_short;
  return trial;
}

}  // namespace

std::vector<Variant> deciding_variants(const Scenario& scenario, const Ablation& ablation) {
  std::vector<Variant> variants;
  if (ablation.as_is.cut_short) return variants;
  variants.push_back({"as it is", scenario, ablation.as_is.holds()});
  for (const WaitFinding& finding : ablation.waits)
    if (!finding.without.cut_short)
      variants.push_back({"without " + std::string(finding.wait->name),
                          with_wait(scenario, *finding.wait, {}), finding.without.holds()});
  for (const LockFinding& finding : ablation.locks)
    if (!finding.without.cut_short)
      variants.push_back({std::string(finding.lock->gone), without_lock(scenario, *finding.lock),
                          finding.without.holds()});
  const Scenario least = with_least(scenario, ablation);
  const bool is_there = std::any_of(variants.begin(), variants.end(),
                                    [&](const Variant& one) { return one.scenario == least; });
  if (ablation.with_least && !ablation.with_least->cut_short && !is_there)
    variants.push_back({"the least that holds", least, ablation.with_least->holds()});
  return variants;
}

bool Confirmation::agrees() const {
  return !cut_short && std::all_of(variants.begin(), variants.end(),
                                   [](const ConfirmedVariant& one) { return one.agrees(); });
}

Confirmation confirm(const std::vector<Variant>& variants, const ConfirmationOptions& options,
                     const RunOnce& run, const std::function<bool()>& go_on) {
  Confirmation confirmation;
  confirmation.world = options.world;
  for (const Variant& variant : variants) {
    if (confirmation.cut_short) break;
    const Trial seen = try_for_real(variant, options, run, go_on);
    confirmation.cut_short = seen.cut_short;
    confirmation.variants.push_back({variant.name, variant.holds, seen});
  }
  return confirmation;
}

}  // namespace escrowstorm::sim
