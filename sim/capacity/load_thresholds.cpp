#include "sim/capacity/load_thresholds.hpp"

#include <algorithm>
#include <variant>

namespace escrowstorm::sim {
namespace {

constexpr std::string_view failed_path = "escrows.failed";
constexpr std::string_view late_path = "escrows.late";
constexpr std::string_view unfinished_path = "escrows.unfinished";

Threshold known_threshold(const std::string& text) {
  return std::get<Threshold>(Threshold::parse(text));
}

bool is_about(const std::vector<Threshold>& thresholds, std::string_view path) {
  return std::any_of(thresholds.begin(), thresholds.end(),
                     [&](const Threshold& one) { return one.metric.path == path; });
}

// A load has escrows of its own number, which take a time of their own.
bool is_of_one_length(const Threshold& threshold) {
  const Metric& metric = threshold.metric;
  if (metric.selection.from > Duration::zero() || metric.selection.until) return true;
  if (threshold.is_percentage) return false;
  if (metric.path == "makespan_ms" || metric.path.ends_with(".count")) return true;
  return metric.path.starts_with("escrows.") && metric.path != failed_path &&
         metric.path != late_path && metric.path != unfinished_path;
}

bool limits_a_time(const Threshold& threshold) {
  return threshold.metric.in_ms &&
         (threshold.op == Threshold::Op::less || threshold.op == Threshold::Op::less_equal);
}

}  // namespace

LoadThresholds load_thresholds(const std::vector<Threshold>& of_scenario) {
  LoadThresholds result;
  for (const std::string_view path : {failed_path, unfinished_path, late_path})
    if (!is_about(of_scenario, path))
      result.kept.push_back(known_threshold(std::string(path) + " == 0"));
  for (const Threshold& threshold : of_scenario) {
    if (is_of_one_length(threshold)) {
      result.left_out.push_back(threshold.text);
      continue;
    }
    result.limits_time = result.limits_time || limits_a_time(threshold);
    result.kept.push_back(threshold);
  }
  return result;
}

Threshold threshold_on_setup_p99(Duration at_most) {
  const auto ms = std::chrono::duration_cast<std::chrono::milliseconds>(at_most).count();
  return known_threshold("setup_ms.p99 <= " + std::to_string(ms) + "ms");
}

}  // namespace escrowstorm::sim
