#include "sim/thresholds/expectation.hpp"

#include <algorithm>
#include <nlohmann/json.hpp>

#include "sim/report/wording.hpp"

namespace escrowstorm::sim {

namespace {

// What was judged of what is expected to be violated.
std::vector<const InvariantResult*> judged_of(const ExpectSection& expect, const Summary& summary) {
  std::vector<const InvariantResult*> judged;
  for (const InvariantResult& one : summary.invariants)
    if (std::find(expect.invariants.begin(), expect.invariants.end(), one.name) !=
        expect.invariants.end())
      judged.push_back(&one);
  return judged;
}

}  // namespace

std::vector<std::string> deviations(const ExpectSection& expect, const Summary& summary,
                                    const nlohmann::ordered_json& measured, int exit_status) {
  std::vector<std::string> found;
  const std::vector<const InvariantResult*> judged = judged_of(expect, summary);
  for (const InvariantResult* invariant : judged)
    if (invariant->violations == 0)
      found.push_back("expected " + invariant->name + " to be violated");
  // A world without a ledger can't judge them, and then can't end with their status.
  const bool status_is_theirs = !expect.invariants.empty() && judged.empty();
  if (exit_status != expect.exit && !status_is_theirs)
    found.push_back("exit status " + std::to_string(exit_status) + ", expected " +
                    std::to_string(expect.exit));

  for (const Threshold& metric : expect.metrics) {
    const ThresholdResult result = evaluate(metric, measured);
    if (!result.pass)
      found.push_back("expected " + printable(metric.text) + ", it is " + actual_text(result));
  }

  for (const ExpectedError& expected : expect.errors) {
    const bool there =
        std::any_of(summary.errors.begin(), summary.errors.end(), [&](const ErrorCount& error) {
          return error.code == expected.code &&
                 error.message.find(expected.message) != error.message.npos;
        });
    if (!there)
      found.push_back("no call answered " + std::to_string(expected.code) + " " +
                      in_quotes(expected.message));
  }
  return found;
}

}  // namespace escrowstorm::sim
