// fifo: what became ready first runs first, whatever its lane.
#pragma once

#include "sim/virtual/scheduler.hpp"

namespace escrowstorm::sim {

class FifoScheduler final : public Scheduler {
 public:
  void push(std::unique_ptr<Task> task) override { ready_.push(std::move(task)); }
  std::unique_ptr<Task> pop(TimePoint) override { return ready_.empty() ? nullptr : ready_.pop(); }
  std::optional<TimePoint> held_until() const override { return std::nullopt; }
  void clear() override { ready_.clear(); }

 private:
  TaskList ready_;
};

}  // namespace escrowstorm::sim
