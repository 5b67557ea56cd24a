// The Alarms of the virtual world: a place in its heap of deadlines, then a task of the executor's
// lane, so that the scheduler chooses when it rings among all that is ready.
#pragma once

#include "base/alarm.hpp"
#include "sim/virtual/virtual_loop.hpp"

namespace escrowstorm::sim {

class VirtualAlarms final : public Alarms {
 public:
  // The loop outlives it and its alarms. REQUIRES for make: an executor of that loop.
  explicit VirtualAlarms(VirtualLoop& loop) : loop_(loop) {}

  std::unique_ptr<Alarm> make(Executor executor, std::function<void()> ring) override;

 private:
  VirtualLoop& loop_;
};

}  // namespace escrowstorm::sim
