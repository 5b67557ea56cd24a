// The table of faults, by the name they have in a scenario, each in a file of this folder that has
// its name. The scenario's reader and writer go by it too. docs/faults.md describes each.
#pragma once

#include <span>
#include <string_view>

#include "sim/scenario/fault_spec.hpp"

namespace escrowstorm::sim {

struct FaultKind {
  std::string_view name;
  std::string_view about;
  bool acts_on_world;                      // may act at a time; the others only decide about calls
  std::span<const std::string_view> keys;  // its own: every fault has the trigger's too
  std::span<const std::string_view> required;  // those of its keys that have no default
  FaultParameters (*defaults)();
};

std::span<const FaultKind> fault_kinds();

// Nothing when no fault has that name.
const FaultKind* find_fault_kind(std::string_view name);

}  // namespace escrowstorm::sim
