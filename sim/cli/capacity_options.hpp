// The command line of `escrowstorm capacity`.
#pragma once

#include <filesystem>
#include <optional>
#include <string>
#include <variant>
#include <vector>

#include "base/time.hpp"
#include "sim/capacity/capacity.hpp"
#include "sim/cli/answered.hpp"
#include "sim/scenario/overrides.hpp"

namespace escrowstorm::sim {

struct CapacityCommand {
  std::filesystem::path scenario;
  std::vector<Override> overrides;
  bool escrows_given = false;  // among the overrides: so many are in each run
  CapacityOptions options;
  std::optional<Duration> time;  // of the wall, for all of it
  bool json = false;
  bool quiet = false;
};

// `arguments` behind the command's word.
std::variant<CapacityCommand, Answered> read_capacity_options(std::vector<std::string> arguments);

}  // namespace escrowstorm::sim
