// `escrowstorm faults`: the faults that a scenario can have, each with its keys.
#pragma once

#include <iosfwd>
#include <string>
#include <variant>
#include <vector>

#include "sim/cli/answered.hpp"

namespace escrowstorm::sim {

struct FaultsCommand {};

// `arguments` behind the command's word.
std::variant<FaultsCommand, Answered> read_faults_options(std::vector<std::string> arguments);

void run_faults(std::ostream& out);

}  // namespace escrowstorm::sim
