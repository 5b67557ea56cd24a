// `escrowstorm conformance`: transcripts, a fleet, differences, exit status.
#pragma once

#include <iosfwd>

#include "sim/cli/conformance_options.hpp"
#include "sim/cli/exit_status.hpp"

namespace escrowstorm::sim {

// The result goes to `out`, progress and errors to `err`. Throws only for failures of our own.
ExitStatus run_conformance(const ConformanceCommand& command, std::ostream& out, std::ostream& err);

}  // namespace escrowstorm::sim
