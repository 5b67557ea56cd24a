// One run of a load in the virtual world, held against what it must meet. Any thread; runs share
// nothing.
#pragma once

#include <cstdint>
#include <functional>
#include <optional>
#include <string>
#include <vector>

#include "base/time.hpp"
#include "sim/scenario/scenario.hpp"
#include "sim/thresholds/threshold.hpp"

namespace escrowstorm::sim {

// A scenario, and what no scenario can say of its world.
struct CapacityVariant {
  Scenario scenario;
  bool calls_never_wait = false;  // for disk or daemon
};

struct LoadRun {
  std::vector<ThresholdResult> thresholds;  // in the scenario's order
  std::string violated;                     // an invariant's name; empty: none
  std::string failure;                      // why most of those that failed did; empty: none did
  std::optional<double> growth_percent;     // of an open storm (wait_growth.hpp)
  std::uint64_t completed = 0;
  Duration setup_p50{};  // zero: none became ready
  Duration setup_p99{};
  Duration life_p50{};   // from the request to the journey's end; zero: none ended well
  Duration computing{};  // of all calls together
  bool interrupted = false;
};

LoadRun run_load(const CapacityVariant& variant, const std::function<bool()>& asked_to_end);

}  // namespace escrowstorm::sim
