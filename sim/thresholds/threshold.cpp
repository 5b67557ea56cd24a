#include "sim/thresholds/threshold.hpp"

#include <algorithm>
#include <array>
#include <charconv>
#include <cmath>
#include <cstdio>
#include <cstdlib>
#include <nlohmann/json.hpp>
#include <utility>

#include "sim/report/wording.hpp"
#include "sim/thresholds/selected_metric.hpp"
#include "sim/thresholds/threshold_form.hpp"

namespace escrowstorm::sim {
namespace {

using Json = nlohmann::ordered_json;

constexpr std::string_view operators_text = "one of < <= == != >= >";

std::string_view trimmed(std::string_view text) {
  constexpr std::string_view around = " \t\r\n";
  const auto first = text.find_first_not_of(around);
  if (first == text.npos) return {};
  return text.substr(first, text.find_last_not_of(around) - first + 1);
}

std::optional<Threshold::Op> find_operator(std::string_view text) {
  using Op = Threshold::Op;
  constexpr std::array<std::pair<std::string_view, Op>, 6> table{{{"<", Op::less},
                                                                  {"<=", Op::less_equal},
                                                                  {"==", Op::equal},
                                                                  {"!=", Op::not_equal},
                                                                  {">=", Op::greater_equal},
                                                                  {">", Op::greater}}};
  for (const auto& [name, op] : table)
    if (name == text) return op;
  return std::nullopt;
}

bool compare(Threshold::Op op, double actual, double value) {
  switch (op) {
    case Threshold::Op::less:
      return actual < value;
    case Threshold::Op::less_equal:
      return actual <= value;
    case Threshold::Op::equal:
      return actual == value;
    case Threshold::Op::not_equal:
      return actual != value;
    case Threshold::Op::greater_equal:
      return actual >= value;
    case Threshold::Op::greater:
      return actual > value;
  }
  std::abort();
}

// How many ms a unit of time has; nothing for a text that is none.
std::optional<double> ms_in(std::string_view unit) {
  constexpr std::array<std::pair<std::string_view, double>, 6> table{
      {{"ns", 1e-6}, {"us", 1e-3}, {"ms", 1}, {"s", 1e3}, {"min", 60e3}, {"h", 3600e3}}};
  for (const auto& [name, ms] : table)
    if (name == unit) return ms;
  return std::nullopt;
}

// "escrows.failed", or a share of another metric: "escrows.failed / escrows.started".
std::optional<std::string> read_metric(std::string_view text, Threshold& threshold) {
  const std::size_t slash = text.find('/');
  auto metric = find_metric(trimmed(text.substr(0, slash)));
  if (auto* wrong = std::get_if<std::string>(&metric)) return std::move(*wrong);
  threshold.metric = std::get<Metric>(std::move(metric));
  if (slash == text.npos) return std::nullopt;
  auto whole = find_metric(trimmed(text.substr(slash + 1)));
  if (auto* wrong = std::get_if<std::string>(&whole)) return std::move(*wrong);
  const auto& divisor = std::get<Metric>(whole);
  if (divisor.in_ms != threshold.metric.in_ms)
    return "divides " + threshold.metric.path + " by " + divisor.path +
           ": one of them is a count, the other a time";
  threshold.metric.whole = divisor.path;
  threshold.metric.in_ms = false;  // of a ratio
  threshold.is_percentage = true;
  return std::nullopt;
}

// Fills the value of `threshold`, whose metric is known; otherwise what is wrong with `text`.
std::optional<std::string> read_value(std::string_view text, Threshold& threshold) {
  if (text.empty()) return "has no value after the operator";
  const auto [end, failed] = std::from_chars(text.data(), text.data() + text.size(),
                                             threshold.value, std::chars_format::fixed);
  if (failed != std::errc() || !std::isfinite(threshold.value))
    return "has a value that is no number: " + in_quotes(text);

  const Metric& metric = threshold.metric;
  const std::string_view unit = trimmed(text.substr(static_cast<std::size_t>(end - text.data())));
  if (unit.empty()) {
    if (threshold.is_percentage) threshold.value *= 100;  // a ratio: 0.01 is 1 %
    return std::nullopt;
  }
  if (unit == "%") {
    if (metric.whole.empty())
      return "has a percentage, but " + metric.path + " is part of no whole";
    threshold.is_percentage = true;
    return std::nullopt;
  }
  const auto ms = ms_in(unit);
  if (!ms) return "has an unknown unit: " + in_quotes(unit) + " (one of ns us ms s min h %)";
  if (threshold.is_percentage) return std::string("has a duration, but a ratio has no unit");
  if (!metric.in_ms) return "has a duration, but " + metric.path + " is a count";
  threshold.value *= *ms;
  return std::nullopt;
}

std::optional<double> selected_number(const Json& summary, std::string_view name) {
  const auto selected = summary.find("selected");
  if (selected == summary.end() || !selected->contains(name)) return std::nullopt;
  const Json& value = (*selected)[std::string(name)]["value"];
  return value.is_number() ? std::optional(value.get<double>()) : std::nullopt;
}

std::optional<double> number_at(const Json& summary, std::string_view path) {
  const Json* node = &summary;
  for (;;) {
    const auto dot = path.find('.');
    const auto member = node->is_object() ? node->find(path.substr(0, dot)) : node->end();
    if (member == node->end()) return std::nullopt;
    node = &*member;
    if (dot == path.npos) break;
    path.remove_prefix(dot + 1);
  }
  if (!node->is_number()) return std::nullopt;
  return node->get<double>();
}

}  // namespace

std::variant<Threshold, std::string> Threshold::parse(std::string_view text) {
  constexpr std::string_view operator_letters = "<>=!";
  const auto at = text.find_first_of(operator_letters);
  if (trimmed(text).empty()) return std::string("is empty, expected METRIC OP VALUE");
  if (at == text.npos) return "has no operator (" + std::string(operators_text) + ")";
  const std::string_view tail = text.substr(at);
  const std::string_view sign = tail.substr(0, tail.find_first_not_of(operator_letters));

  Threshold threshold;
  threshold.text = trimmed(text);
  const auto op = find_operator(sign);
  if (!op)
    return "has an unknown operator: " + in_quotes(sign) + " (" + std::string(operators_text) + ")";
  threshold.op = *op;

  const std::string_view path = trimmed(text.substr(0, at));
  if (path.empty()) return std::string("has no metric before the operator");
  if (auto wrong = read_metric(path, threshold)) return std::move(*wrong);
  const std::string_view behind = tail.substr(sign.size());
  const std::size_t selecting = std::min(Selection::begin_in(behind), behind.size());
  if (auto wrong = read_value(trimmed(behind.substr(0, selecting)), threshold))
    return std::move(*wrong);
  const auto selection = Selection::parse(behind.substr(selecting));
  if (const auto* wrong = std::get_if<std::string>(&selection)) return *wrong;
  if (!threshold.is_percentage) threshold.metric.whole.clear();
  if (auto wrong = select(std::get<Selection>(selection), threshold.metric))
    return std::move(*wrong);
  return threshold;
}

TextForm threshold_form() {
  const std::string metric = metric_pattern();
  const std::string number = "-?([0-9]+[.]?[0-9]*|[.][0-9]+)";
  return {"^\\s*" + metric + "\\s*(/\\s*" + metric + "\\s*)?(<=?|==|!=|>=?)\\s*" + number +
              "\\s*(%|ns|us|ms|s|min|h)?" + selection_pattern() + "\\s*$",
          "METRIC OP VALUE, such as \"setup_ms.p99 < 60s\""};
}

std::string actual_text(const ThresholdResult& result) {
  if (!result.actual) return "none";
  if (result.unit == "ms")
    return duration_text(std::chrono::duration_cast<Duration>(
        std::chrono::duration<double, std::milli>(*result.actual)));
  std::array<char, 64> text{};
  const bool whole = result.unit.empty();  // a count
  std::snprintf(text.data(), text.size(), whole ? "%.0f" : "%.2f %%", *result.actual);
  return text.data();
}

bool holds(const Threshold& threshold, double value) {
  return compare(threshold.op, value, threshold.value);
}

ThresholdResult evaluate(const Threshold& threshold, const Json& summary) {
  ThresholdResult result;
  result.text = threshold.text;
  result.unit = threshold.is_percentage ? "%" : threshold.metric.in_ms ? "ms" : "";
  const Metric& metric = threshold.metric;
  const bool of_all = metric.selection.takes_all();
  const auto number = of_all ? number_at : selected_number;
  result.actual = number(summary, metric.name());
  if (result.actual && threshold.is_percentage) {
    const double whole = number(summary, metric.name_of_whole()).value_or(0);
    *result.actual = whole == 0 ? 0 : 100 * *result.actual / whole;
  }
  result.pass = result.actual && holds(threshold, *result.actual);
  return result;
}

}  // namespace escrowstorm::sim
