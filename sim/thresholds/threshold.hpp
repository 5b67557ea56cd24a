// METRIC OP VALUE: a condition on the summary, such as "setup_ms.p99 < 60s". The metric is a path
// in summary.json, the value a number, a duration ("250ms", "60s", for metrics in ms) or a
// percentage.
#pragma once

#include <nlohmann/json_fwd.hpp>
#include <optional>
#include <string>
#include <string_view>
#include <variant>

namespace escrowstorm::sim {

struct Threshold {
  enum class Op : unsigned char { less, less_equal, equal, not_equal, greater_equal, greater };

  std::string text;  // as written
  std::string metric;
  Op op{};
  double value = 0;  // in the metric's unit: ms for durations

  // The error is one clause: "has no operator (one of < <= == != >= >)".
  static std::variant<Threshold, std::string> parse(std::string_view text);
};

struct ThresholdResult {
  std::string text;
  std::optional<double> actual;  // nothing when the summary has no such number
  bool pass = false;
};

// A metric that the summary lacks fails its threshold.
ThresholdResult evaluate(const Threshold& threshold, const nlohmann::json& summary);

}  // namespace escrowstorm::sim
