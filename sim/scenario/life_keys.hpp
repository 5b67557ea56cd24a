// The keys about what becomes of escrows once they are set up: how the coordinator treats them, and
// which journeys a storm makes of them. Read from a scenario, and written back.
#pragma once

#include <nlohmann/json_fwd.hpp>
#include <vector>

#include "coordinator/life/life_options.hpp"
#include "sim/scenario/section_reader.hpp"
#include "sim/storm/journey_spec.hpp"

namespace escrowstorm::sim {

// Of the section "coordinator".
void read_life(SectionReader& section, coordinator::LifeOptions& life);
void write_life(nlohmann::ordered_json& section, const coordinator::LifeOptions& life);

// "journeys" of the section "storm".
void read_journeys(SectionReader& section, Findings& findings, std::vector<JourneySpec>& journeys);
nlohmann::ordered_json journeys_json(const std::vector<JourneySpec>& journeys);

}  // namespace escrowstorm::sim
