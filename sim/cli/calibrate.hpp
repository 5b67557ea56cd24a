// `escrowstorm calibrate`: runs it, writes the profile and says what came out.
#pragma once

#include <iosfwd>

#include "sim/cli/calibrate_options.hpp"
#include "sim/cli/exit_status.hpp"

namespace escrowstorm::sim {

ExitStatus run_calibrate(const CalibrateCommand& command, std::ostream& out, std::ostream& err);

}  // namespace escrowstorm::sim
