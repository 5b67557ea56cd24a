// Seam: something that is done at a time, without a coroutine that waits for it: what is set and
// set again for every call of a simulation should cost no more than a place in a heap. Used on the
// world's executor only.
#pragma once

#include <functional>
#include <memory>

#include "base/async.hpp"
#include "base/clock.hpp"
#include "base/time.hpp"

namespace escrowstorm {

// Once destroyed it does not ring any more. It may be set anew while it rings, not destroyed.
class Alarm {
 public:
  virtual ~Alarm() = default;

  // Rings once at `t`, or soon where that has passed; never within this call. An earlier setting
  // counts no more.
  virtual void set(TimePoint t) = 0;
  virtual void unset() = 0;
};

class Alarms {
 public:
  virtual ~Alarms() = default;

  // One that calls `ring` on the executor.
  virtual std::unique_ptr<Alarm> make(Executor executor, std::function<void()> ring) = 0;
};

// Those of any clock, each with a coroutine while it is set.
class ClockAlarms final : public Alarms {
 public:
  // The clock outlives it and its alarms.
  explicit ClockAlarms(Clock& clock) : clock_(clock) {}

  std::unique_ptr<Alarm> make(Executor executor, std::function<void()> ring) override;

 private:
  Clock& clock_;
};

}  // namespace escrowstorm
