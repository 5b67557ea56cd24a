#include "sim/report/verdicts.hpp"

#include "sim/report/wording.hpp"

namespace escrowstorm::sim {

namespace {

std::string missed(const Summary& summary, const ThresholdResult& threshold) {
  std::string text = "missed: it is " + actual_text(threshold);
  if (summary.abort && summary.abort->threshold == threshold.text)
    text += "; the run ended early for it, after " +
            duration_text(summary.abort->at.time_since_epoch());
  return text;
}

}  // namespace

std::vector<Verdict> verdicts(const Summary& summary) {
  std::vector<Verdict> all;
  for (const ThresholdResult& one : summary.thresholds)
    all.push_back({"threshold", one.text, one.pass ? "" : missed(summary, one)});
  for (const InvariantResult& one : summary.invariants)
    all.push_back({"invariant", one.name,
                   one.violations == 0 ? "" : "violated " + counted(one.violations, "time")});
  const std::uint64_t unfinished = summary.escrows.unfinished();
  all.push_back({"escrows", "every escrow ends",
                 unfinished == 0 ? ""
                                 : std::to_string(unfinished) + " of " +
                                       std::to_string(summary.escrows.started) + " never ended"});
  if (summary.interrupted) all.push_back({"escrows", "the run ends by itself", "interrupted"});
  if (!summary.as_expected) return all;
  std::string unexpected;
  for (const std::string& one : summary.unexpected)
    unexpected += (unexpected.empty() ? "" : "; ") + one;
  all.push_back({"expect", "comes out as expected", unexpected});
  return all;
}

}  // namespace escrowstorm::sim
