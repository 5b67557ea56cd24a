// Metrics of a part of the run. Their names are the metric's with the selection behind it, as in
// "rpc.make_multisig.p99 role buyer from 2m": under that name they stand in summary.json.
#pragma once

#include <optional>
#include <string>
#include <string_view>

#include "sim/thresholds/metric.hpp"
#include "sim/thresholds/selection.hpp"

namespace escrowstorm::sim {

// Whether a metric's name has a selection.
constexpr bool is_selected(std::string_view metric) { return metric.find(' ') != metric.npos; }

// Puts the selection behind the names of `metric`; otherwise why it can't be selected so, a clause.
std::optional<std::string> select(const Selection& selection, Metric& metric);

}  // namespace escrowstorm::sim
