// replay-<invariant>-<seed>.json: a scenario that breaks an invariant, whole and explicit, with the
// digest that its run has. `escrowstorm replay` runs it; the tests run those that are kept in
// scenarios/regressions/.
#pragma once

#include <cstdint>
#include <filesystem>
#include <optional>
#include <string>
#include <variant>
#include <vector>

#include "sim/scenario/scenario.hpp"

namespace escrowstorm::sim {

struct Replay {
  std::string invariant;
  std::string violation;  // what happened, for people
  std::string digest;
  Scenario scenario;
};

// `found_by`: the seed of the search.
std::string replay_file_name(std::string_view invariant, std::uint64_t found_by);

// An error is one line with the file and the reason.
std::optional<std::string> write_replay(const std::filesystem::path& file, const Replay& replay);

// Errors are lines with the file and what is wrong.
std::variant<Replay, std::vector<std::string>> load_replay(const std::filesystem::path& file);

}  // namespace escrowstorm::sim
