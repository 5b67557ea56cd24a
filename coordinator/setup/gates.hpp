// What escrows of one coordinator wait for besides instances: each other. Lives on the world's
// executor. Destroying it drops whoever waits in it.
#pragma once

#include <array>

#include "base/clock.hpp"
#include "base/role.hpp"
#include "base/wait_list.hpp"
#include "coordinator/setup/waits.hpp"

namespace escrowstorm::coordinator {

class Gates {
 public:
  // `clock` outlives it.
  Gates(Clock& clock, const SetupWaits& waits) : clock_(clock), waits_(waits) {}

  // Returns when the next escrow may begin: in the order of asking, each the stagger after the one
  // before.
  Awaitable<void> pass_stagger();

  // Returns when a wallet of that role may be created; first come, first served. Each is followed
  // by one leave.
  Awaitable<void> enter_creation(Role role);
  void leave_creation(Role role);

 private:
  struct Lock {
    bool held = false;
    WaitList waiting;
  };

  // Nothing: no lock is wanted.
  Lock* lock_of(Role role);

  Clock& clock_;
  const SetupWaits waits_;
  TimePoint next_start_{};
  std::array<Lock, role_count> creation_;  // the first alone where it is global
};

}  // namespace escrowstorm::coordinator
