// What a load must meet: the scenario's thresholds, but those that depend on how many escrows there
// are, and that every escrow ends well. A pure function.
#pragma once

#include <string>
#include <vector>

#include "sim/scenario/scenario.hpp"
#include "sim/thresholds/threshold.hpp"

namespace escrowstorm::sim {

struct LoadThresholds {
  std::vector<Threshold> kept;        // in the order in which they are judged
  std::vector<std::string> left_out;  // as written
  bool limits_time = false;           // one of the scenario's says how long something may take
};

LoadThresholds load_thresholds(const std::vector<Threshold>& of_scenario);

// "setup_ms.p99 <= 6210ms"
Threshold threshold_on_setup_p99(Duration at_most);

}  // namespace escrowstorm::sim
