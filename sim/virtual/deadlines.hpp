// The deadlines of the virtual world: a binary heap of what waits for a moment, by time, then by
// the order of asking. An entry knows its place in the heap, so one that is cancelled is taken out
// at once: a call's deadline is nearly always cancelled long before its time.
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

  bool is_set() const { return place_ != nowhere; }

 private:
  friend class Deadlines;
  static constexpr std::size_t nowhere = SIZE_MAX;
  std::size_t place_ = nowhere;
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
    Deadline* deadline;

    bool before(const Entry& other) const {
      return at != other.at ? at < other.at : sequence < other.sequence;
    }
  };

  void put(std::size_t place, const Entry& entry);
  void rise(std::size_t place, const Entry& entry);
  void sink(std::size_t place, const Entry& entry);

  std::vector<Entry> heap_;
  std::uint64_t sequence_ = 0;
};

}  // namespace escrowstorm::sim
