// `escrowstorm run`: scenario, world, storm, summary, files, exit status.
#pragma once

#include <iosfwd>

#include "sim/cli/command_line.hpp"
#include "sim/cli/exit_status.hpp"

namespace escrowstorm::sim {

// The summary goes to `out`, progress and errors to `err`. Throws only for failures of our own.
ExitStatus run(const RunCommand& command, std::ostream& out, std::ostream& err);

}  // namespace escrowstorm::sim
