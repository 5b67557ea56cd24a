// What a run was held against and how each of it came out: what reports for machines list.
#pragma once

#include <string>
#include <vector>

#include "sim/metrics/summary.hpp"

namespace escrowstorm::sim {

struct Verdict {
  std::string kind;     // "threshold", "invariant", "escrows", "expect"
  std::string name;     // "setup_ms.p99 < 60s", "leased_once"
  std::string failure;  // empty: it holds; otherwise a line that says what was found
};

// In the order of the summary. One that was interrupted has one more.
std::vector<Verdict> verdicts(const Summary& summary);

}  // namespace escrowstorm::sim
