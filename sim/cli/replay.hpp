// `escrowstorm replay`: the run of a replay file again, and whether it is the recorded one.
#pragma once

#include <iosfwd>

#include "sim/cli/exit_status.hpp"
#include "sim/cli/explore_options.hpp"

namespace escrowstorm::sim {

// What happened goes to `out`, errors to `err`. Throws only for failures of our own.
ExitStatus run_replay(const ReplayCommand& command, std::ostream& out, std::ostream& err);

}  // namespace escrowstorm::sim
