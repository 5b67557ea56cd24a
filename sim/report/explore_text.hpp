// What a search says: its progress line, what it found, its table of probes. Pure functions.
#pragma once

#include <string>

#include "sim/explore/explorer.hpp"

namespace escrowstorm::sim {

// "1234 of 10000 seeds, 411/s, 1230 schedules, nothing violated"
std::string explore_line(const ExploreProgress& progress, std::uint64_t seeds, Duration elapsed);

// "2 escrows, 3 instances, 1 fault, latency none, schedule fifo, seed 12"
std::string size_text(const Scenario& scenario);

// A row for each probe: how often it was met, or what it would need to be.
std::string probe_table(const ProbeCounts& counts);

}  // namespace escrowstorm::sim
