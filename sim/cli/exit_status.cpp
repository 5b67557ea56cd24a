#include "sim/cli/exit_status.hpp"

namespace escrowstorm::sim {

ExitStatus status_of_run(const Summary& summary, bool wrote_everything) {
  if (!wrote_everything) return ExitStatus::own_failure;
  if (summary.interrupted) return ExitStatus::interrupted;
  if (summary.violations() > 0) return ExitStatus::invariant_violated;
  if (summary.escrows.unfinished() > 0) return ExitStatus::unfinished;
  if (!summary.passed()) return ExitStatus::threshold_missed;
  return ExitStatus::pass;
}

}  // namespace escrowstorm::sim
