// Reads a scenario's "swarm": what `explore` may switch on and draw. A value is checked by reading
// the scenario with it in its place, as --set would put it there.
#pragma once

#include <functional>
#include <string>

#include "sim/scenario/scenario.hpp"
#include "sim/scenario/section_reader.hpp"

namespace escrowstorm::sim {

// Reads a whole scenario but its swarm.
using ReadRest = std::function<Scenario(const JsonNode& root, Findings& findings)>;

// `root` is read by `reader`, which has read the other sections.
void read_swarm(const JsonNode& root, SectionReader& reader, const ReadRest& read_rest,
                Findings& findings, SwarmSection& out);

}  // namespace escrowstorm::sim
