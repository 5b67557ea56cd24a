// `escrowstorm capacity`: runs it and says what came out.
#pragma once

#include <iosfwd>

#include "sim/cli/capacity_options.hpp"
#include "sim/cli/exit_status.hpp"

namespace escrowstorm::sim {

ExitStatus run_capacity(const CapacityCommand& command, std::ostream& out, std::ostream& err);

}  // namespace escrowstorm::sim
