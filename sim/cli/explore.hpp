// `escrowstorm explore`: the search, what it found made small, replay files, the story.
#pragma once

#include <iosfwd>

#include "sim/cli/exit_status.hpp"
#include "sim/cli/explore_options.hpp"

namespace escrowstorm::sim {

// What was found goes to `out`, progress and errors to `err`. Throws only for failures of our own.
ExitStatus run_explore(const ExploreCommand& command, std::ostream& out, std::ostream& err);

}  // namespace escrowstorm::sim
