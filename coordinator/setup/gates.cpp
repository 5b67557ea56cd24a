#include "coordinator/setup/gates.hpp"

#include <algorithm>

namespace escrowstorm::coordinator {

Awaitable<void> Gates::pass_stagger() {
  const TimePoint start = std::max(clock_.now(), next_start_);
  next_start_ = start + waits_.stagger_between_escrows;
  co_await clock_.sleep_until(start);
}

// A lock is handed on: who is woken has it.
Awaitable<void> Gates::enter_creation(Role role) {
  Lock* const lock = lock_of(role);
  if (!lock) co_return;
  if (lock->held) {
    co_await lock->waiting.wait();
  } else {
    lock->held = true;
  }
}

void Gates::leave_creation(Role role) {
  Lock* const lock = lock_of(role);
  if (lock && !lock->waiting.wake_one()) lock->held = false;
}

Gates::Lock* Gates::lock_of(Role role) {
  switch (waits_.creation_lock) {
    case CreationLock::none:
      return nullptr;
    case CreationLock::global:
      return &creation_.front();
    case CreationLock::per_role:
      return &creation_[index_of(role)];
  }
  return nullptr;
}

}  // namespace escrowstorm::coordinator
