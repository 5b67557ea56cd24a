// The reader of scenarios, for tests of it. Where the environment names a file in `notes_variable`,
// each text that they have read is noted there with its errors, a line of JSON each: what a schema
// of scenarios is held against (tests/scenario_schema).
#pragma once

#include <filesystem>
#include <string_view>

#include "sim/scenario/reader.hpp"

namespace escrowstorm::sim {

inline constexpr const char* notes_variable = "ESCROWSTORM_NOTES_OF_SCENARIOS";

// As parse_scenario() reads it.
ScenarioOrErrors read_noted(std::string_view text, const std::filesystem::path& file = "x.json");

// Reads it and appends what came of it to `notes`.
void note_scenario(std::string_view text, const std::filesystem::path& notes);

}  // namespace escrowstorm::sim
