// The flags that a world needs beside its scenario, the same for all commands that run one: whose
// wallet RPCs, how to approach them, which programs, what to allow.
#pragma once

#include <optional>
#include <string>
#include <string_view>
#include <variant>
#include <vector>

#include "sim/cli/access_flags.hpp"
#include "sim/world/worlds.hpp"

namespace escrowstorm::sim {

struct WorldFlags {
  std::vector<std::string> rpc;
  AccessFlags access;
  std::string monero_bin;  // empty: as PATH has them
  bool allow_mainnet = false;
  bool allow_unknown_version = false;
};

// `flags` outlives the parsing.
void add_world_flags(CLI::App& app, WorldFlags& flags);

// What a world of that name is made with, the key in the environment included; or the lines to
// complain with. `option` names the option that chose the world.
std::variant<WorldOptions, std::vector<std::string>> read_world_flags(const WorldFlags& flags,
                                                                      std::string_view world,
                                                                      std::string_view option);

}  // namespace escrowstorm::sim
