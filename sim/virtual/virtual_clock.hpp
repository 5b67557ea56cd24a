// The Clock of the virtual world: waits are deadlines of its loop.
#pragma once

#include "base/clock.hpp"
#include "sim/virtual/virtual_loop.hpp"

namespace escrowstorm::sim {

class VirtualClock final : public Clock {
 public:
  // The loop outlives it.
  explicit VirtualClock(VirtualLoop& loop) : loop_(loop) {}

  TimePoint now() const override { return loop_.now(); }
  Awaitable<void> sleep_until(TimePoint t) override;
  std::unique_ptr<Timer> make_timer() override;

 private:
  VirtualLoop& loop_;
};

}  // namespace escrowstorm::sim
