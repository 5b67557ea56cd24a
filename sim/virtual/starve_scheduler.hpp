// starve: as random, but now and then a lane is held back although it has something to do, up to
// two seconds, while the others and time go on: what a machine does that has too much to do. Always
// for a bounded time, one lane at a time, so whatever ends under any other schedule ends here.
#pragma once

#include "sim/virtual/random_scheduler.hpp"

namespace escrowstorm::sim {

class StarveScheduler final : public Scheduler {
 public:
  StarveScheduler(RandomStream random, std::uint64_t choices)
      : random_(random), choices_(choices) {}

  void push(std::unique_ptr<Task> task) override;
  std::unique_ptr<Task> pop(TimePoint now) override;
  std::optional<TimePoint> held_until() const override;
  void clear() override;

 private:
  struct Held {
    LaneId lane;
    TimePoint until;
  };

  void hold_somebody(TimePoint now);

  RandomStream random_;
  std::uint64_t choices_;  // left
  ReadyLanes lanes_;
  std::optional<Held> held_;
  FifoScheduler rest_;  // takes over when there are no choices left
};

}  // namespace escrowstorm::sim
