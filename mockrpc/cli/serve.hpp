// Runs the fleet that a command line asks for, until SIGINT, SIGTERM or SIGHUP.
#pragma once

#include "mockrpc/cli/options.hpp"

namespace escrowstorm::mockrpc {

// Returns the exit status. Trouble is one line on stderr.
int serve(const CliOptions& options);

}  // namespace escrowstorm::mockrpc
