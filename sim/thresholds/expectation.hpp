// Holds what a run came to against what its scenario says to expect.
#pragma once

#include <nlohmann/json_fwd.hpp>
#include <string>
#include <vector>

#include "sim/metrics/summary.hpp"
#include "sim/scenario/scenario.hpp"

namespace escrowstorm::sim {

// In what the run came out otherwise, a clause each; none when it came out as expected. `measured`:
// the summary as JSON, with what was measured of parts of the run (gauges.hpp).
std::vector<std::string> deviations(const ExpectSection& expect, const Summary& summary,
                                    const nlohmann::ordered_json& measured, int exit_status);

}  // namespace escrowstorm::sim
