#include "sim/ablate/run_result.hpp"

#include <algorithm>

namespace escrowstorm::sim {
namespace {

// `invariants`: those that were violated, the first one first.
RunResult result_of_run(std::vector<std::string> invariants, const EscrowCounts& escrows,
                        const std::vector<ReasonCount>& failures, const Distribution& setup,
                        Duration makespan, std::uint64_t seed) {
  RunResult result;
  result.setup = setup.count > 0 ? setup.p50 : Duration::zero();
  result.makespan = makespan;
  if (!invariants.empty())
    result.failure = TrialFailure{seed, invariants.front(), true};
  else if (!failures.empty())
    result.failure = TrialFailure{seed, failures.front().reason, false};
  else if (escrows.unfinished() > 0)
    result.failure = TrialFailure{seed, "an escrow that never ended", false};
  result.broken = std::move(invariants);
  if (!failures.empty()) result.broken.emplace_back(escrow_failed);
  if (escrows.unfinished() > 0) result.broken.emplace_back(escrow_never_ended);
  return result;
}

}  // namespace

RunResult result_of(const VirtualOutcome& outcome, std::uint64_t seed) {
  std::vector<std::string> invariants;
  for (const Violation& violation : outcome.violations) {
    const std::string name(violation.invariant);
    if (std::find(invariants.begin(), invariants.end(), name) == invariants.end())
      invariants.push_back(name);
  }
  return result_of_run(std::move(invariants), outcome.escrows, outcome.failures, outcome.setup,
                       outcome.makespan, seed);
}

RunResult result_of(const Summary& summary) {
  std::vector<std::string> invariants;
  for (const InvariantResult& invariant : summary.invariants)
    if (invariant.violations > 0) invariants.push_back(invariant.name);
  return result_of_run(std::move(invariants), summary.escrows, summary.failures, summary.setup,
                       summary.makespan, summary.run.seed);
}

}  // namespace escrowstorm::sim
