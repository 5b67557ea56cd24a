// Time inside a world: nanoseconds since the world began. Real worlds map it to the steady clock,
// the virtual world to a number of its own; nothing else may read a clock.
#pragma once

#include <chrono>

namespace escrowstorm {

using Duration = std::chrono::nanoseconds;

// The clock type that std::chrono::time_point asks for. It cannot be read: see Clock.
struct WorldEpoch {
  using duration = Duration;
  using rep = Duration::rep;
  using period = Duration::period;
  using time_point = std::chrono::time_point<WorldEpoch, Duration>;
  static constexpr bool is_steady = true;
};

using TimePoint = WorldEpoch::time_point;

// Milliseconds as a fraction, for reports and events; never for arithmetic that steers anything.
constexpr double to_ms(Duration d) { return std::chrono::duration<double, std::milli>(d).count(); }
constexpr double to_ms(TimePoint t) { return to_ms(t.time_since_epoch()); }

}  // namespace escrowstorm
