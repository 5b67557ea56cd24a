// What failed, as commands that GitHub's runners take from a job's output and show beside the code.
#pragma once

#include <string>

#include "sim/metrics/summary.hpp"

namespace escrowstorm::sim {

// A line for each verdict that is none of a pass; empty when all are. `file`: the scenario's, as
// named. Escaped, so that no text from outside is a command.
std::string github_annotations(const Summary& summary, const std::string& file);

}  // namespace escrowstorm::sim
