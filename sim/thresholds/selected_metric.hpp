// Metrics of a part of the run.
#pragma once

#include <optional>
#include <string>
#include <string_view>

#include "sim/thresholds/metric.hpp"
#include "sim/thresholds/selection.hpp"

namespace escrowstorm::sim {

// Whether events of its own tell of the metric, so that it is known when it happened.
bool has_events(std::string_view path);

// Has `metric` be of that part of the run; otherwise why it can't be, a clause.
std::optional<std::string> select(const Selection& selection, Metric& metric);

}  // namespace escrowstorm::sim
