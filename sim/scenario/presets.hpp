// The table of presets: how coordinators of the founding notes do it, by the note's name, so that
// their history can be replayed. A preset gives the keys of the section "coordinator" other
// defaults; what a scenario says besides stands. scenarios/history/ has a file for each.
#pragma once

#include <span>
#include <string_view>

#include "sim/scenario/scenario.hpp"

namespace escrowstorm::sim {

struct Preset {
  std::string_view name;
  std::string_view about;
  void (*apply)(CoordinatorSection& coordinator);
};

std::span<const Preset> presets();

}  // namespace escrowstorm::sim
