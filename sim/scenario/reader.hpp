// Reads a scenario file, strictly: every error at once, each a line with its place, the key's path
// and what was expected. Bad input is a value, never an exception.
#pragma once

#include <filesystem>
#include <span>
#include <string>
#include <string_view>
#include <variant>
#include <vector>

#include "sim/scenario/overrides.hpp"
#include "sim/scenario/scenario.hpp"

namespace escrowstorm::sim {

using ScenarioOrErrors = std::variant<Scenario, std::vector<std::string>>;

inline constexpr std::size_t scenario_kib_max = 1024;

// `file` names the text in errors; a relative path in it (fleet.latency) starts in its folder.
ScenarioOrErrors parse_scenario(std::string_view text, const std::filesystem::path& file,
                                std::span<const Override> overrides = {});

ScenarioOrErrors load_scenario(const std::filesystem::path& file,
                               std::span<const Override> overrides = {});

}  // namespace escrowstorm::sim
