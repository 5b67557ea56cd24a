// Reads a list of faults: a scenario's "faults", and those of its "swarm".
#pragma once

#include <string_view>
#include <vector>

#include "sim/scenario/fault_spec.hpp"
#include "sim/scenario/section_reader.hpp"

namespace escrowstorm::sim {

void read_faults(SectionReader& section, std::string_view key, Findings& findings,
                 std::vector<FaultSpec>& out);

}  // namespace escrowstorm::sim
