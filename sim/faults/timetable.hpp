// When a fault acts that no call triggers: at `from`, then every so often, before `until`, no more
// than so many times. Plain.
#pragma once

#include <cstdint>
#include <optional>

#include "base/time.hpp"
#include "sim/scenario/fault_spec.hpp"

namespace escrowstorm::sim {

class Timetable {
 public:
  explicit Timetable(const FaultTrigger& trigger)
      : every_(trigger.every),
        until_(trigger.until),
        at_most_(trigger.at_most),
        next_(TimePoint(trigger.from)) {}

  // The next time, each once, in order. Nothing after the last.
  std::optional<TimePoint> take() {
    if (!next_ || (until_ && *next_ >= TimePoint(*until_)) || (at_most_ && taken_ >= *at_most_))
      return std::nullopt;
    ++taken_;
    const TimePoint now = *next_;
    next_ = every_ ? std::optional(now + *every_) : std::nullopt;
    return now;
  }

 private:
  const std::optional<Duration> every_;
  const std::optional<Duration> until_;
  const std::optional<std::uint64_t> at_most_;
  std::optional<TimePoint> next_;
  std::uint64_t taken_ = 0;
};

}  // namespace escrowstorm::sim
