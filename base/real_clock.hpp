// The Clock of the real worlds: the steady clock, counted from the moment this object was made. The
// wall clock is looked at in that moment only, for what carries dates.
#pragma once

#include <cstdint>

#include "base/clock.hpp"

namespace escrowstorm {

class RealClock final : public Clock {
 public:
  explicit RealClock(Executor executor);

  TimePoint now() const override;
  Awaitable<void> sleep_until(TimePoint t) override;
  std::unique_ptr<Timer> make_timer() override;

  // Seconds since 1970 when this object was made.
  std::uint64_t unix_began() const { return unix_began_; }

 private:
  Executor executor_;
  std::chrono::steady_clock::time_point began_;
  std::uint64_t unix_began_;
};

}  // namespace escrowstorm
