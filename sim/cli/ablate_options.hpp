// The command line of `escrowstorm ablate`.
#pragma once

#include <filesystem>
#include <optional>
#include <string>
#include <variant>
#include <vector>

#include "sim/ablate/ablation.hpp"
#include "sim/cli/answered.hpp"
#include "sim/cli/search_flags.hpp"
#include "sim/cli/world_flags.hpp"

namespace escrowstorm::sim {

struct AblateCommand : SearchArguments {
  AblationOptions options;
  bool matrix = false;                 // all policies and limits too
  std::optional<std::string> confirm;  // the world to confirm in
  std::uint64_t confirm_runs = 1;      // of each variant there
  WorldFlags in_world;                 // of that world
  std::optional<std::filesystem::path> out;
  bool json = false;
  bool quiet = false;
};

// `arguments` behind the command's word.
std::variant<AblateCommand, Answered> read_ablate_options(std::vector<std::string> arguments);

}  // namespace escrowstorm::sim
