// A scenario with other values in it, as --set would have put them there.
#pragma once

#include <string>
#include <variant>
#include <vector>

#include "sim/scenario/overrides.hpp"
#include "sim/scenario/scenario.hpp"

namespace escrowstorm::sim {

// Or what the reader says against it, a line each.
std::variant<Scenario, std::vector<std::string>> with_values(const Scenario& scenario,
                                                             const std::vector<Override>& values);

}  // namespace escrowstorm::sim
