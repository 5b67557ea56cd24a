// The waits that a scenario's policies can have: what an ablation takes away. The one table of
// them.
#pragma once

#include <span>
#include <string_view>

#include "base/time.hpp"
#include "coordinator/setup/waits.hpp"
#include "sim/scenario/scenario.hpp"

namespace escrowstorm::sim {

struct WaitKind {
  std::string_view name;  // the key, under "coordinator"
  Duration coordinator::SetupWaits::*value;

  Duration of(const Scenario& scenario) const { return scenario.coordinator.waits.*value; }
};

std::span<const WaitKind> wait_kinds();

// The same with that wait being so long.
Scenario with_wait(Scenario scenario, const WaitKind& wait, Duration length);

}  // namespace escrowstorm::sim
