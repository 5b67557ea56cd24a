// Holds what a run came to against what its scenario says to expect.
#pragma once

#include <string>
#include <vector>

#include "sim/metrics/summary.hpp"
#include "sim/scenario/scenario.hpp"

namespace escrowstorm::sim {

// In what the run came out otherwise, a clause each; none when it came out as expected.
std::vector<std::string> deviations(const ExpectSection& expect, const Summary& summary,
                                    int exit_status);

}  // namespace escrowstorm::sim
