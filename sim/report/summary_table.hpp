// The summary as a person reads it: what `run` prints at its end. A pure function.
#pragma once

#include <string>

#include "sim/metrics/summary.hpp"

namespace escrowstorm::sim {

// Several lines, each ended; plain text without colours. `about` may be empty.
std::string summary_table(const Summary& summary, const std::string& about);

}  // namespace escrowstorm::sim
