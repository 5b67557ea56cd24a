// random: any lane that has something ready, each as likely as another.
#pragma once

#include "sim/virtual/fifo_scheduler.hpp"
#include "sim/virtual/ready_lanes.hpp"

namespace escrowstorm::sim {

class RandomScheduler final : public Scheduler {
 public:
  RandomScheduler(RandomStream random, std::uint64_t choices)
      : random_(random), choices_(choices) {}

  void push(std::unique_ptr<Task> task) override;
  std::unique_ptr<Task> pop(TimePoint now) override;
  std::optional<TimePoint> held_until() const override { return std::nullopt; }
  void clear() override;

 private:
  RandomStream random_;
  std::uint64_t choices_;  // left
  ReadyLanes lanes_;
  FifoScheduler rest_;  // takes over when there are no choices left
};

}  // namespace escrowstorm::sim
