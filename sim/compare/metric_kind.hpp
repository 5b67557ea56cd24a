// What kind of number a metric of summary.json is: its unit, and in which direction it gets worse.
#pragma once

#include <string_view>

namespace escrowstorm::sim {

enum class WorseWhen : unsigned char { more, less, neither };

struct MetricKind {
  bool in_ms = false;  // otherwise a count
  WorseWhen worse = WorseWhen::neither;
};

// `name`: its path in summary.json, with a selection behind it or not. One that is not known is a
// count that may go either way.
MetricKind kind_of_metric(std::string_view name);

}  // namespace escrowstorm::sim
