// What the metrics of one side are and how far each would scatter: of a set by resampling its runs,
// of a single run by resampling groups of its escrows, as far as its trace holds what a metric is
// made of.
#pragma once

#include <functional>
#include <map>
#include <string>

#include "sim/compare/difference.hpp"
#include "sim/compare/escrow_groups.hpp"
#include "sim/compare/run_set.hpp"

namespace escrowstorm::sim {

inline constexpr std::size_t resamples_count = 2000;
// With fewer, no interval is stated: docs/compare.md has what was measured.
inline constexpr std::size_t runs_min = 5;
inline constexpr std::size_t groups_min = 10;
inline constexpr std::size_t turns_min = 10;   // escrows for each that was under way at once
inline constexpr std::size_t beyond_min = 10;  // of what was measured, above a percentile

// one_run: it is one number of one run. at_once: the run's escrows were under way together, so that
// all of them are one draw; too_few: runs, escrows, or beyond the percentile.
enum class Sureness : unsigned char { known, one_run, at_once, too_few };

struct SideMetric {
  Estimate estimate;  // without a standard error unless it is known
  Sureness sureness = Sureness::one_run;
};

// By name. `side` names the stream of chance, so that each side draws its own.
using SideMetrics = std::map<std::string, SideMetric, std::less<>>;

// A value is the mean of the runs that have it.
SideMetrics estimates_of_runs(const RunSet& set, std::string_view side);

// Values are those of the summary.
SideMetrics estimates_of_run(const RunSummary& run, const EscrowGroups& trace,
                             std::string_view side);

}  // namespace escrowstorm::sim
