#include "sim/thresholds/abort_watch.hpp"

#include <utility>

#include "sim/thresholds/selected_metric.hpp"

namespace escrowstorm::sim {
namespace {

using Op = Threshold::Op;

bool is_percentile(std::string_view path) {
  return path.ends_with(".p50") || path.ends_with(".p90") || path.ends_with(".p99");
}

// As many samples at most as escrows.
bool is_of_escrows(std::string_view path) {
  return path.starts_with("setup_ms.") || path.starts_with("call_ms.");
}

}  // namespace

std::optional<std::string> why_not_abort(const Threshold& threshold) {
  const Metric& metric = threshold.metric;
  const bool has_upper_limit =
      threshold.op == Op::less || threshold.op == Op::less_equal || threshold.op == Op::equal;
  if (!has_upper_limit)
    return "can't be missed before the end: with \"abort\" say what may not be exceeded, by <, <= "
           "or ==, such as \"escrows.failed < 1%\"";
  if (!has_events(metric.path) || metric.path.ends_with(".min"))
    return "has \"abort\", but " + metric.path + " is known at the end only";
  if (is_percentile(metric.path) && !is_of_escrows(metric.path))
    return "has \"abort\", but how many calls there will be is known at the end only; take " +
           metric.path.substr(0, metric.path.rfind('.')) + ".max";
  if (threshold.is_percentage && metric.whole != "escrows.started" &&
      metric.whole != "escrows.planned")
    return "has \"abort\", but how much " + metric.whole +
           " will be is known at the end only; take a count, or a share of escrows.started";
  return std::nullopt;
}

AbortWatch::AbortWatch(const Scenario& scenario, Broken broken)
    : planned_(scenario.storm.escrows), broken_(std::move(broken)) {
  for (const Threshold& threshold : scenario.thresholds)
    if (threshold.aborts)
      watched_.push_back({threshold, Gauge(threshold.metric.path, threshold.metric.selection)});
}

void AbortWatch::on(const Event& event) {
  if (watched_.empty() || !broken_) return;
  const bool first_ready = first_ready_.is(event);
  const Threshold* broken = nullptr;
  for (Watched& watched : watched_)
    if (watched.gauge.on(event, first_ready) && !broken && is_broken(watched))
      broken = &watched.threshold;
  if (broken) std::exchange(broken_, nullptr)(*broken);
}

bool AbortWatch::is_broken(const Watched& watched) const {
  const std::optional<double> least = watched.gauge.at_least(planned_);
  if (!least) return false;
  const Threshold& threshold = watched.threshold;
  const double value =
      threshold.is_percentage ? 100 * *least / static_cast<double>(planned_) : *least;
  return threshold.op == Op::equal ? value > threshold.value : !holds(threshold, value);
}

}  // namespace escrowstorm::sim
