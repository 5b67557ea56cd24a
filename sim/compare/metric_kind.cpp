#include "sim/compare/metric_kind.hpp"

#include <algorithm>
#include <iterator>

#include "sim/thresholds/selection.hpp"

namespace escrowstorm::sim {
namespace {

struct MetricRule {
  std::string_view section;  // what the path begins with
  std::string_view last;     // its last part; empty: any
  MetricKind kind;
};

constexpr MetricKind time_kind{true, WorseWhen::more};
constexpr MetricKind more_is_worse{false, WorseWhen::more};
constexpr MetricKind less_is_worse{false, WorseWhen::less};

// The first that fits. How many calls were made, how many escrows were asked for and how often a
// fault fired is the load, not what became of it.
constexpr MetricRule metric_rules[] = {
    {"escrows.", "ready", less_is_worse},
    {"escrows.", "completed", less_is_worse},
    {"escrows.", "failed", more_is_worse},
    {"escrows.", "unfinished", more_is_worse},
    {"escrows.", "late", more_is_worse},
    {"invariants.", "", more_is_worse},
    {"rpc.", "errors", more_is_worse},
    {"makespan_ms", "", time_kind},
    {"", "min", time_kind},
    {"", "p50", time_kind},
    {"", "p90", time_kind},
    {"", "p99", time_kind},
    {"", "max", time_kind},
};

}  // namespace

MetricKind kind_of_metric(std::string_view name) {
  const std::string_view path = name.substr(0, Selection::begin_in(name));
  const auto end = path.find_last_not_of(' ');
  const std::string_view trimmed = path.substr(0, end == path.npos ? 0 : end + 1);
  const auto dot = trimmed.rfind('.');
  const std::string_view last = dot == trimmed.npos ? trimmed : trimmed.substr(dot + 1);
  const auto* const rule =
      std::find_if(std::begin(metric_rules), std::end(metric_rules), [&](const MetricRule& one) {
        return trimmed.starts_with(one.section) && (one.last.empty() || one.last == last);
      });
  return rule == std::end(metric_rules) ? MetricKind{} : rule->kind;
}

}  // namespace escrowstorm::sim
