// The locks that a scenario's policies can have, and rounds in sequence, which are one too: what an
// ablation takes away beside the waits. The one table of them.
#pragma once

#include <span>
#include <string_view>

#include "sim/scenario/scenario.hpp"

namespace escrowstorm::sim {

struct LockKind {
  std::string_view name;                       // the key, under "coordinator"
  std::string_view instead;                    // its value when there is none
  std::string_view gone;                       // what a scenario is without it: "without ..."
  std::string_view (*value)(const Scenario&);  // as the scenario has it; empty: no lock
  void (*take_away)(CoordinatorSection& policies);
};

std::span<const LockKind> lock_kinds();

// The same without that lock.
Scenario without_lock(Scenario scenario, const LockKind& lock);

}  // namespace escrowstorm::sim
