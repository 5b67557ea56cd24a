// Seam: the only source of time. One Clock belongs to a world and outlives everything that runs in
// it. now() may be called from any thread; timers and sleeps only on the world's executor.
#pragma once

#include <memory>

#include "base/async.hpp"
#include "base/time.hpp"

namespace escrowstorm {

// One wait at a time that can be cut short. Owned by whoever asked for it; destroying it while a
// coroutine waits on it drops that coroutine.
class Timer {
 public:
  virtual ~Timer() = default;

  // Suspends until `t` (true), or until cancel() is called (false). A time that has passed returns
  // at once. REQUIRES: no other wait on this timer is under way.
  virtual Awaitable<bool> wait_until(TimePoint t) = 0;

  virtual void cancel() = 0;
};

class Clock {
 public:
  virtual ~Clock() = default;

  virtual TimePoint now() const = 0;

  // Suspends the calling coroutine until `t`; a time that has passed returns at once.
  virtual Awaitable<void> sleep_until(TimePoint t) = 0;

  virtual std::unique_ptr<Timer> make_timer() = 0;
};

}  // namespace escrowstorm
