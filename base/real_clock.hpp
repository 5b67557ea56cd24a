// The Clock of the real worlds: the steady clock, counted from the moment this object was made.
#pragma once

#include "base/clock.hpp"

namespace escrowstorm {

class RealClock final : public Clock {
 public:
  explicit RealClock(Executor executor);

  TimePoint now() const override;
  Awaitable<void> sleep_until(TimePoint t) override;
  std::unique_ptr<Timer> make_timer() override;

 private:
  Executor executor_;
  std::chrono::steady_clock::time_point began_;
};

}  // namespace escrowstorm
