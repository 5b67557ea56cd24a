#include "sim/virtual/deadlines.hpp"

#include <algorithm>
#include <cassert>

namespace escrowstorm::sim {
namespace {

constexpr std::size_t children = 4;

std::size_t parent_of(std::size_t place) { return (place - 1) / children; }

}  // namespace

void Deadlines::set(Deadline& deadline, TimePoint at) {
  assert(!deadline.is_set());
  deadline.slot_ = new_slot();
  slots_[deadline.slot_].deadline = &deadline;
  heap_.emplace_back();
  rise(heap_.size() - 1, Entry{at, sequence_++, deadline.slot_});
}

void Deadlines::cancel(Deadline& deadline) {
  assert(deadline.is_set());
  const std::size_t place = slots_[deadline.slot_].place;
  free_slots_.push_back(deadline.slot_);
  deadline.slot_ = Deadline::no_slot;
  const Entry last = heap_.back();
  heap_.pop_back();
  if (place == heap_.size()) return;
  if (place > 0 && last.before(heap_[parent_of(place)])) {
    rise(place, last);
  } else {
    sink(place, last);
  }
}

Deadline& Deadlines::take_first() {
  Deadline& first = *slots_[heap_.front().slot].deadline;
  cancel(first);
  return first;
}

// The one that was freed last: it is the likeliest to be at hand.
std::uint32_t Deadlines::new_slot() {
  if (free_slots_.empty()) {
    slots_.emplace_back();
    return static_cast<std::uint32_t>(slots_.size() - 1);
  }
  const std::uint32_t slot = free_slots_.back();
  free_slots_.pop_back();
  return slot;
}

// The place of the child that comes first; the heap's size when there is none.
std::size_t Deadlines::first_child_of(std::size_t place) const {
  const std::size_t begin = children * place + 1;
  const std::size_t end = std::min(begin + children, heap_.size());
  if (begin >= end) return heap_.size();
  std::size_t first = begin;
  for (std::size_t child = begin + 1; child < end; ++child)
    if (heap_[child].before(heap_[first])) first = child;
  return first;
}

void Deadlines::put(std::size_t place, const Entry& entry) {
  heap_[place] = entry;
  slots_[entry.slot].place = place;
}

void Deadlines::rise(std::size_t place, const Entry& entry) {
  for (; place > 0 && entry.before(heap_[parent_of(place)]); place = parent_of(place))
    put(place, heap_[parent_of(place)]);
  put(place, entry);
}

void Deadlines::sink(std::size_t place, const Entry& entry) {
  for (;;) {
    const std::size_t child = first_child_of(place);
    if (child == heap_.size() || !heap_[child].before(entry)) break;
    put(place, heap_[child]);
    place = child;
  }
  put(place, entry);
}

}  // namespace escrowstorm::sim
