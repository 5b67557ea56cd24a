// A scenario in words, as it takes effect: what `run --explain` prints. Pure functions.
#pragma once

#include <string>

#include "sim/scenario/scenario.hpp"

namespace escrowstorm::sim {

// Several lines, each ended; plain text.
std::string explain(const Scenario& scenario);

// One fault: what it does, with which parameters, and when it fires. Lines without an indent.
std::string explain_fault(const FaultSpec& fault);

}  // namespace escrowstorm::sim
