// The parts of a service that can be what limits it, each with a way to relieve it: what has to be
// bought, the locks and waits that an ablation takes away, and other limits. The one table of them.
#pragma once

#include <functional>
#include <span>
#include <string_view>

#include "sim/capacity/load_run.hpp"

namespace escrowstorm::sim {

struct Relief {
  std::string_view part;                         // "slots"
  std::string_view how;                          // "twice the instances"
  std::function<bool(const Scenario&)> applies;  // the scenario has that part
  std::function<void(CapacityVariant&)> relieve;
};

// Those that have to be bought come first.
std::span<const Relief> reliefs();

}  // namespace escrowstorm::sim
