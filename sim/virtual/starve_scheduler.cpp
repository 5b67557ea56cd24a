#include "sim/virtual/starve_scheduler.hpp"

namespace escrowstorm::sim {
namespace {

// One choice in so many holds the chosen lane back.
constexpr std::uint64_t choices_for_each_hold = 32;
// Held for 2^n ms with n evenly from 0 to 11, less a part of it: short ones are as frequent as
// long.
constexpr std::uint64_t hold_doublings = 12;

}  // namespace

void StarveScheduler::push(std::unique_ptr<Task> task) {
  // Behind what is left of its lane, which may be held.
  if (choices_ > 0 || lanes_.is_ready(task->lane())) return lanes_.push(std::move(task));
  rest_.push(std::move(task));
}

std::unique_ptr<Task> StarveScheduler::pop(TimePoint now) {
  if (lanes_.size() == 0) return rest_.pop(now);
  if (held_ && held_->until <= now) held_.reset();
  if (!held_ && choices_ > 0 && random_.chance(1, choices_for_each_hold)) hold_somebody(now);
  const bool one_waits = held_ && lanes_.is_ready(held_->lane);
  const std::size_t eligible = lanes_.size() - (one_waits ? 1 : 0);
  if (eligible == 0) return rest_.pop(now);
  std::size_t place = 0;
  if (choices_ > 0 && eligible > 1) {
    place = random_.below(eligible);
    --choices_;
  }
  if (one_waits && lanes_.place_of(held_->lane) <= place) ++place;
  return lanes_.pop(lanes_[place]);
}

void StarveScheduler::hold_somebody(TimePoint now) {
  --choices_;
  const LaneId lane = lanes_[random_.below(lanes_.size())];
  const std::uint64_t most_us = 1000u << random_.below(hold_doublings);
  const std::chrono::microseconds time(random_.below(most_us) + 1);
  held_ = Held{lane, now + time};
}

std::optional<TimePoint> StarveScheduler::held_until() const {
  if (!held_ || !lanes_.is_ready(held_->lane)) return std::nullopt;
  return held_->until;
}

void StarveScheduler::clear() {
  while (lanes_.size() > 0) lanes_.pop(lanes_[0]);
  rest_.clear();
}

}  // namespace escrowstorm::sim
