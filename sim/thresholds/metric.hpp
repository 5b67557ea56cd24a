// The metrics that a threshold can hold: paths in summary.json, each with its unit; and, where they
// are of a part of the run, which.
#pragma once

#include <string>
#include <string_view>
#include <variant>

#include "sim/thresholds/selection.hpp"

namespace escrowstorm::sim {

struct Metric {
  std::string path;     // "rpc.open_wallet.p99"
  bool in_ms = false;   // otherwise a count
  std::string whole;    // of a count that is part of another: that one's path
  Selection selection;  // the part of the run that both are of

  // As which they stand in summary.json: the path, and the selection behind it.
  std::string name() const { return path + selection.text(); }
  std::string name_of_whole() const { return whole + selection.text(); }

  friend bool operator==(const Metric&, const Metric&) = default;
};

// The error is one clause with a guess: `names no metric: "escrow.failed", did you mean ...?`.
std::variant<Metric, std::string> find_metric(std::string_view path);

}  // namespace escrowstorm::sim
