// What the process says to its caller at the end: the statuses of docs/scenarios.md and the rule
// which of them it is. A pure function.
#pragma once

#include "sim/metrics/summary.hpp"

namespace escrowstorm::sim {

enum class ExitStatus : int {
  pass = 0,
  own_failure = 1,       // ours: a file that could not be written, a bug
  bad_usage = 2,         // the command line or the scenario file
  threshold_missed = 3,  // or an answer that was not the expected one
  invariant_violated = 4,
  unfinished = 5,    // escrows that never ended
  world_failed = 6,  // a port taken, an RPC unreachable, a program missing
  interrupted = 130,
};

// The first that applies. `wrote_everything`: trace and summary are on the disk.
ExitStatus status_of_run(const Summary& summary, bool wrote_everything);

}  // namespace escrowstorm::sim
