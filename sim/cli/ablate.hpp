// `escrowstorm ablate`: runs it and says what came out.
#pragma once

#include <iosfwd>

#include "sim/cli/ablate_options.hpp"
#include "sim/cli/exit_status.hpp"

namespace escrowstorm::sim {

ExitStatus run_ablate(const AblateCommand& command, std::ostream& out, std::ostream& err);

}  // namespace escrowstorm::sim
