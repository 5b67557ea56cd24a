// Suspended coroutines in the order they came: what every queue and lease of the house is
// made of. Single-threaded: all calls on the world's executor.
//
// Ownership: a WaitList owns the coroutines that wait in it, so it must never live in the frame of
// a coroutine that waits in it (neither would ever be freed). Destroying it drops the waiters, by
// way of their executor: it has to go before the loop does.
#pragma once

#include <cstddef>
#include <deque>
#include <memory>

#include "base/async.hpp"

namespace escrowstorm {

class Waiter;  // a suspended coroutine, type-erased

class WaitList {
 public:
  WaitList();
  ~WaitList();
  WaitList(const WaitList&) = delete;
  WaitList& operator=(const WaitList&) = delete;

  // Suspends until woken. Does not allocate a timer: whoever needs a limit cancels from outside.
  Awaitable<void> wait();

  // Resumes the first waiter, by a post to its own executor. False when nobody waits.
  bool wake_one();
  void wake_all();

  std::size_t size() const { return waiters_.size(); }

 private:
  std::deque<std::unique_ptr<Waiter>> waiters_;
};

// Room for one, at a fraction of what a list costs. Owns it alike.
class WaitPlace {
 public:
  WaitPlace();
  ~WaitPlace();
  WaitPlace(const WaitPlace&) = delete;
  WaitPlace& operator=(const WaitPlace&) = delete;

  // REQUIRES: nobody waits.
  Awaitable<void> wait();

  // As WaitList::wake_one().
  bool wake();
  // The same, but it goes on at once, before this returns: nothing can come in between. It may
  // destroy the place. REQUIRES: called on the waiter's executor.
  bool wake_here();
  void drop();

 private:
  std::unique_ptr<Waiter> waiter_;
};

}  // namespace escrowstorm
