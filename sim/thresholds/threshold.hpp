// METRIC OP VALUE: a condition on the summary, such as "setup_ms.p99 < 60s". The metric is a path
// in summary.json (metric.hpp lists them). The value is a number, for metrics in ms also a duration
// ("250ms", "60s", "2min", "1h"), for counts that are part of a whole also a percentage of it.
#pragma once

#include <nlohmann/json_fwd.hpp>
#include <optional>
#include <string>
#include <string_view>
#include <variant>

#include "sim/thresholds/metric.hpp"

namespace escrowstorm::sim {

struct Threshold {
  enum class Op : unsigned char { less, less_equal, equal, not_equal, greater_equal, greater };

  std::string text;  // as written
  Metric metric;
  Op op{};
  double value = 0;            // in ms where the metric is
  bool is_percentage = false;  // then `value` is one: of metric.whole
  bool aborts = false;         // the run ends early when it can't hold any more (abort_watch.hpp)

  // The error is one clause: "has no operator (one of < <= == != >= >)".
  static std::variant<Threshold, std::string> parse(std::string_view text);

  friend bool operator==(const Threshold&, const Threshold&) = default;
};

// Whether `value`, in the threshold's unit, is what it asks for.
bool holds(const Threshold& threshold, double value);

struct ThresholdResult {
  std::string text;
  std::optional<double> actual;  // in the threshold's unit; nothing when the summary has no number
  std::string unit;              // "ms", "%" or empty
  bool pass = false;
};

// The actual value with its unit: "3", "12.34 s", "0.5 %", "none".
std::string actual_text(const ThresholdResult& result);

// A metric that the summary lacks (no call of that method, no escrow ready) fails its threshold.
ThresholdResult evaluate(const Threshold& threshold, const nlohmann::ordered_json& summary);

}  // namespace escrowstorm::sim
