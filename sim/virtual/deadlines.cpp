#include "sim/virtual/deadlines.hpp"

#include <cassert>

namespace escrowstorm::sim {

void Deadlines::set(Deadline& deadline, TimePoint at) {
  assert(!deadline.is_set());
  heap_.emplace_back();
  rise(heap_.size() - 1, Entry{at, sequence_++, &deadline});
}

void Deadlines::cancel(Deadline& deadline) {
  assert(deadline.is_set());
  const std::size_t place = deadline.place_;
  deadline.place_ = Deadline::nowhere;
  const Entry last = heap_.back();
  heap_.pop_back();
  if (place == heap_.size()) return;
  if (place > 0 && last.before(heap_[(place - 1) / 2])) {
    rise(place, last);
  } else {
    sink(place, last);
  }
}

Deadline& Deadlines::take_first() {
  Deadline& first = *heap_.front().deadline;
  cancel(first);
  return first;
}

void Deadlines::put(std::size_t place, const Entry& entry) {
  heap_[place] = entry;
  entry.deadline->place_ = place;
}

void Deadlines::rise(std::size_t place, const Entry& entry) {
  while (place > 0 && entry.before(heap_[(place - 1) / 2])) {
    put(place, heap_[(place - 1) / 2]);
    place = (place - 1) / 2;
  }
  put(place, entry);
}

void Deadlines::sink(std::size_t place, const Entry& entry) {
  for (;;) {
    std::size_t child = 2 * place + 1;
    if (child >= heap_.size()) break;
    if (child + 1 < heap_.size() && heap_[child + 1].before(heap_[child])) ++child;
    if (!heap_[child].before(entry)) break;
    put(place, heap_[child]);
    place = child;
  }
  put(place, entry);
}

}  // namespace escrowstorm::sim
