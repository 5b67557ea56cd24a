// The command lines of `escrowstorm explore` and `escrowstorm replay`.
#pragma once

#include <cstdint>
#include <filesystem>
#include <optional>
#include <string>
#include <variant>
#include <vector>

#include "sim/cli/answered.hpp"
#include "sim/cli/search_flags.hpp"

namespace escrowstorm::sim {

struct ExploreCommand : SearchArguments {
  std::uint64_t first_seed = 1;
  std::uint64_t seeds = 1000;
  unsigned jobs = 1;
  bool keep_going = false;
  bool require_probes = false;
  std::optional<std::filesystem::path> out;
  bool quiet = false;
};

struct ReplayCommand {
  std::filesystem::path file;
  std::optional<std::filesystem::path> out;
  bool quiet = false;
};

// `arguments` behind the command's word.
std::variant<ExploreCommand, Answered> read_explore_options(std::vector<std::string> arguments);
std::variant<ReplayCommand, Answered> read_replay_options(std::vector<std::string> arguments);

}  // namespace escrowstorm::sim
