// Thresholds as a scenario writes them, both ways.
#pragma once

#include <nlohmann/json_fwd.hpp>
#include <string_view>
#include <vector>

#include "sim/scenario/section_reader.hpp"
#include "sim/thresholds/threshold.hpp"

namespace escrowstorm::sim {

// The list under `key`: each "METRIC OP VALUE" as a string.
void read_conditions(SectionReader& section, std::string_view key, Findings& findings,
                     std::vector<Threshold>& out);

// The same, or in a section with "threshold" and "abort".
void read_thresholds(SectionReader& section, Findings& findings, std::vector<Threshold>& out);

nlohmann::ordered_json thresholds_json(const std::vector<Threshold>& thresholds);

}  // namespace escrowstorm::sim
