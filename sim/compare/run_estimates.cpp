#include <cmath>
#include <limits>
#include <vector>

#include "sim/compare/bootstrap.hpp"
#include "sim/compare/estimates.hpp"
#include "sim/compare/metric_kind.hpp"

namespace escrowstorm::sim {
namespace {

constexpr double not_measured = std::numeric_limits<double>::quiet_NaN();

using ValuesOfRuns = std::map<std::string, std::vector<double>, std::less<>>;

// A method that a run never called has no line in its summary; it was called no times.
double without_a_line(std::string_view metric) {
  return metric.starts_with("rpc.") && !kind_of_metric(metric).in_ms ? 0 : not_measured;
}

ValuesOfRuns values_of(const RunSet& set) {
  ValuesOfRuns values;
  for (std::size_t run = 0; run < set.runs.size(); ++run) {
    for (const auto& [metric, value] : set.runs[run].metrics) {
      auto& of_metric = values[metric];
      if (of_metric.empty()) of_metric.assign(set.runs.size(), without_a_line(metric));
      of_metric[run] = value;
    }
  }
  return values;
}

// The mean of what was measured in the runs drawn.
bool mean_of(const std::vector<double>& values, std::span<const std::uint32_t> drawn,
             std::span<double> out) {
  double sum = 0;
  double count = 0;
  for (std::size_t run = 0; run < values.size(); ++run) {
    if (std::isnan(values[run])) continue;
    sum += drawn[run] * values[run];
    count += drawn[run];
  }
  out[0] = sum / count;
  return count > 0;
}

}  // namespace

SideMetrics estimates_of_runs(const RunSet& set, std::string_view side) {
  const Resamples resamples(Random(1).stream(side), set.runs.size(), resamples_count);
  const std::vector<std::uint32_t> each_once(set.runs.size(), 1);
  SideMetrics metrics;
  for (const auto& [name, values] : values_of(set)) {
    SideMetric& metric = metrics[name];
    for (const double value : values) metric.estimate.units += std::isnan(value) ? 0 : 1;
    mean_of(values, each_once, {&metric.estimate.value, 1});
    if (metric.estimate.units > 1) metric.sureness = Sureness::too_few;
    if (metric.estimate.units < runs_min) continue;
    metric.sureness = Sureness::known;
    const std::vector<double>& of_metric = values;
    metric.estimate.standard_error = standard_errors(resamples, 1, [&](auto drawn, auto out) {
                                       return mean_of(of_metric, drawn, out);
                                     }).front();
  }
  return metrics;
}

}  // namespace escrowstorm::sim
