// The command line of `escrowstorm capacity`.
#pragma once

#include <filesystem>
#include <optional>
#include <string>
#include <variant>
#include <vector>

#include "sim/capacity/capacity.hpp"
#include "sim/cli/answered.hpp"
#include "sim/cli/search_flags.hpp"

namespace escrowstorm::sim {

struct CapacityCommand : SearchArguments {
  bool escrows_given = false;  // among the overrides: so many are in each run
  CapacityOptions options;
  bool json = false;
  bool quiet = false;
};

// `arguments` behind the command's word.
std::variant<CapacityCommand, Answered> read_capacity_options(std::vector<std::string> arguments);

}  // namespace escrowstorm::sim
