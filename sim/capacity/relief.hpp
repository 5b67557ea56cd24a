// The parts of a service that can be what limits it, each with a way to relieve it. The one table
// of them.
#pragma once

#include <span>
#include <string_view>

#include "sim/capacity/load_run.hpp"

namespace escrowstorm::sim {

struct Relief {
  std::string_view part;             // "slots"
  std::string_view how;              // "twice the instances"
  bool (*applies)(const Scenario&);  // the scenario has that part
  void (*relieve)(CapacityVariant&);
};

// Those that have to be bought come first.
std::span<const Relief> reliefs();

}  // namespace escrowstorm::sim
