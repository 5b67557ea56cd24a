// The coordinator dies when a commit is durable and before it hears of it, and starts again.
#pragma once

#include "sim/faults/coordinator_crash.hpp"

namespace escrowstorm::sim {

// The same death: what it follows, the table says.
class CrashAfterCommit final : public CoordinatorCrash {
 public:
  using CoordinatorCrash::CoordinatorCrash;
};

}  // namespace escrowstorm::sim
