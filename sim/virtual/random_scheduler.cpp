#include "sim/virtual/random_scheduler.hpp"

namespace escrowstorm::sim {

void RandomScheduler::push(std::unique_ptr<Task> task) {
  if (choices_ > 0) return lanes_.push(std::move(task));
  rest_.push(std::move(task));
}

std::unique_ptr<Task> RandomScheduler::pop(TimePoint now) {
  if (lanes_.size() == 0) return rest_.pop(now);
  std::size_t place = 0;  // what is left over when the choices end goes first
  if (choices_ > 0 && lanes_.size() > 1) {
    place = random_.below(lanes_.size());
    --choices_;
  }
  return lanes_.pop(lanes_[place]);
}

void RandomScheduler::clear() {
  while (lanes_.size() > 0) lanes_.pop(lanes_[0]);
  rest_.clear();
}

}  // namespace escrowstorm::sim
