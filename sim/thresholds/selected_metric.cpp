#include "sim/thresholds/selected_metric.hpp"

namespace escrowstorm::sim {
bool has_events(std::string_view path) {
  return path.starts_with("rpc.") || path.starts_with("setup_ms.") ||
         path.starts_with("call_ms.") || path == "escrows.started" || path == "escrows.ready" ||
         path == "escrows.completed" || path == "escrows.failed";
}

std::optional<std::string> select(const Selection& selection, Metric& metric) {
  if (selection.takes_all()) return std::nullopt;
  for (const std::string* path : {&metric.path, &metric.whole}) {
    if (path->empty()) continue;
    if (!has_events(*path)) return "has a selection, but " + *path + " is of the whole run only";
    if (selection.picks_calls() && !path->starts_with("rpc."))
      return "has a role or a phase, but " + *path + " is of escrows, not of calls";
  }
  metric.selection = selection;
  return std::nullopt;
}

}  // namespace escrowstorm::sim
