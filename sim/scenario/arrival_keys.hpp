// The keys about when a storm's escrows are asked for and how many there are: read from a scenario,
// and written back.
#pragma once

#include <filesystem>
#include <nlohmann/json_fwd.hpp>

#include "sim/scenario/findings.hpp"
#include "sim/scenario/scenario.hpp"
#include "sim/scenario/section_reader.hpp"

namespace escrowstorm::sim {

inline constexpr std::uint64_t escrows_max = 1'000'000;

// "arrivals", "escrows" and "duration" of the section "storm". `folder`: where a file of times that
// the scenario names starts from. How long the load was said to last; zero when it was not said.
Duration read_arrivals(SectionReader& storm_section, const std::filesystem::path& folder,
                       Findings& findings, StormSection& storm);

nlohmann::ordered_json arrivals_json(const ArrivalSpec& spec);

}  // namespace escrowstorm::sim
