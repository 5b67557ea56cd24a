// The deadlines of the virtual world: a heap of what waits for a moment, by time, then by the order
// of asking. Each has a slot that knows its place in the heap, so one that is cancelled is taken
// out at once: a call's deadline is nearly always cancelled long before its time.
//
// Ten thousand escrows have as many deadlines as no cache has room for. So the heap has four
// children to a parent, which halves the way, and moving an entry writes to the slots, which lie
// close together, and not to what waits.
#pragma once

#include <cstddef>
#include <cstdint>
#include <vector>

#include "base/time.hpp"

namespace escrowstorm::sim {

// What waits for a moment. In one heap at most.
class Deadline {
 public:
  Deadline() = default;
  virtual ~Deadline() = default;
  Deadline(const Deadline&) = delete;
  Deadline& operator=(const Deadline&) = delete;

  // Its moment has come, or the world ends before that. It is out of the heap already, and may be
  // gone after this.
  virtual void reached() = 0;
  virtual void dropped() = 0;

  bool is_set() const { return slot_ != no_slot; }

 private:
  friend class Deadlines;
  static constexpr std::uint32_t no_slot = UINT32_MAX;
  std::uint32_t slot_ = no_slot;
};

class Deadlines {
 public:
  bool empty() const { return heap_.empty(); }

  // REQUIRES: not set.
  void set(Deadline& deadline, TimePoint at);
  // REQUIRES: set.
  void cancel(Deadline& deadline);

  // REQUIRES: not empty.
  TimePoint first() const { return heap_.front().at; }
  Deadline& take_first();

 private:
  struct Entry {
    TimePoint at;
    std::uint64_t sequence;
    std::uint32_t slot;

    bool before(const Entry& other) const {
      return at != other.at ? at < other.at : sequence < other.sequence;
    }
  };
  struct Slot {
    Deadline* deadline = nullptr;
    std::size_t place = 0;  // in the heap
  };

  std::uint32_t new_slot();
  std::size_t first_child_of(std::size_t place) const;
  void put(std::size_t place, const Entry& entry);
  void rise(std::size_t place, const Entry& entry);
  void sink(std::size_t place, const Entry& entry);

  std::vector<Entry> heap_;
  std::vector<Slot> slots_;
  std::vector<std::uint32_t> free_slots_;
  std::uint64_t sequence_ = 0;
};

}  // namespace escrowstorm::sim
