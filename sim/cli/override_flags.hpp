// The flags that put values into a scenario, the same for all commands that run one: --escrows and
// --set. --world and --seed are run's alone: the others have their own notion of them.
#pragma once

#include <string>
#include <variant>
#include <vector>

#include "sim/scenario/overrides.hpp"

namespace CLI {
class App;
}

namespace escrowstorm::sim {

// Strings, since the scenario's reader checks the values and names the option.
struct OverrideFlags {
  std::string escrows;
  std::vector<std::string> sets;
};

void add_override_flags(CLI::App& app, OverrideFlags& flags);

// In the order in which they apply. The error is one clause.
std::variant<std::vector<Override>, std::string> overrides_of(const OverrideFlags& flags,
                                                              const CLI::App& app);

}  // namespace escrowstorm::sim
