// Two runs, or two sets of runs, metric by metric: what differs by more than noise, what is worse
// than allowed, which errors are new or gone, and whether the two are alike enough to be compared.
#pragma once

#include <cstdint>
#include <optional>
#include <string>
#include <vector>

#include "sim/compare/allowances.hpp"
#include "sim/compare/estimates.hpp"
#include "sim/compare/metric_kind.hpp"
#include "sim/compare/trace_divergence.hpp"

namespace escrowstorm::sim {

// What was resampled for the intervals.
enum class Resampled : unsigned char { runs, escrows };

struct ComparedMetric {
  std::string name;
  MetricKind kind;
  std::optional<double> a;
  std::optional<double> b;
  std::optional<MetricDifference> difference;  // where its interval is known
  Sureness sureness = Sureness::one_run;       // otherwise why not
  bool more_than_noise = false;
  bool is_new_failure = false;  // an invariant violated or an escrow unfinished, and none in A
  bool is_worse = false;        // than allowed
  double allowed_percent = 0;

  bool is_equal() const { return a == b && !more_than_noise; }
  bool is_known() const { return difference.has_value(); }
  // Nothing where A has none or nothing.
  std::optional<double> percent() const;
};

struct ChangedText {
  std::string what;  // "error of calls", "failure of escrows", "missed threshold"
  std::string text;
  std::uint64_t count = 0;
};

struct Comparison {
  RunSet a;
  RunSet b;
  Resampled resampled = Resampled::runs;
  std::vector<std::string> unlike;  // why they can't be compared like for like
  std::vector<std::string> notes;   // what else is to be known
  bool is_identical = false;        // the same events
  std::vector<ComparedMetric> metrics;
  std::vector<ChangedText> new_texts;   // in B and not in A
  std::vector<ChangedText> gone_texts;  // in A and not in B
  std::optional<TraceDifference> divergence;

  bool is_worse() const;
};

// Without the divergence. `of_a`, `of_b`: by estimates_of_runs or
// estimates_of_run, as `resampled` says.
Comparison compare(RunSet a, RunSet b, Resampled resampled, const SideMetrics& of_a,
                   const SideMetrics& of_b, const Allowances& allowances);

// The names of what both have, A's in the order of its summary, then what only B has.
std::vector<std::string> metric_names(const RunSet& a, const RunSet& b);

}  // namespace escrowstorm::sim
