// The arguments that the commands which search have in common: which scenario, from which seed on,
// on how many threads, for how long.
#pragma once

#include <cstdint>
#include <filesystem>
#include <optional>
#include <string>
#include <vector>

#include "base/time.hpp"
#include "sim/cli/override_flags.hpp"

namespace escrowstorm::sim {

// As they were read. The commands that have them are made of these and their own.
struct SearchArguments {
  std::filesystem::path scenario;
  std::vector<Override> overrides;
  std::optional<Duration> time;  // of the wall, for all of it
};

struct SearchFlags {
  std::string scenario, time;
  OverrideFlags overrides;
};

// All outlive the parsing; `jobs` becomes as many as the machine has cores.
void add_search_flags(CLI::App& app, SearchFlags& flags, std::uint64_t& first_seed, unsigned& jobs);

// What is wrong with them or with so many seeds from the first on, or nothing.
std::optional<std::string> read_search_flags(const SearchFlags& flags, const CLI::App& app,
                                             std::uint64_t first_seed, std::uint64_t seeds,
                                             SearchArguments& out);

}  // namespace escrowstorm::sim
