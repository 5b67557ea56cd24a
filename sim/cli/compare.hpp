// `escrowstorm compare`: runs it and says what came out.
#pragma once

#include <iosfwd>

#include "sim/cli/compare_options.hpp"
#include "sim/cli/exit_status.hpp"

namespace escrowstorm::sim {

ExitStatus run_compare(const CompareCommand& command, std::ostream& out, std::ostream& err);

}  // namespace escrowstorm::sim
