// A closed storm: so many escrows in all, so many at once; as one ends the next begins. Each makes
// its journey. Tells each start and end as an event of kind escrow, from which the summary counts.
// Lives on the world's executor; all references outlive it.
#pragma once

#include <cstdint>
#include <optional>
#include <string_view>

#include "base/clock.hpp"
#include "base/executors.hpp"
#include "base/observer.hpp"
#include "base/wait_list.hpp"
#include "sim/storm/journeys.hpp"
#include "sim/target.hpp"

namespace escrowstorm::sim {

// The phases of the storm's own events; the coordinator's lie between.
namespace storm_phase {
inline constexpr std::string_view requested = "requested";
// The escrow is ready, and its journey goes on; not told where it ends with that. `message`: the
// address that was answered, shortened. `duration` counts from the request, here and below.
inline constexpr std::string_view set_up = "set_up";
// ok: the journey ended as asked; otherwise `message` says why not.
inline constexpr std::string_view ended = "ended";
// The run was: told once, at its end, of no escrow in particular.
inline constexpr std::string_view interrupted = "interrupted";
}  // namespace storm_phase

struct StormOptions {
  std::uint64_t escrows = 1;
  std::uint64_t at_once = 1;
};

struct StormCounts {
  std::uint64_t started = 0;
  std::uint64_t completed = 0;
  std::uint64_t failed = 0;

  std::uint64_t unfinished() const { return started - completed - failed; }
};

class Storm {
 public:
  // REQUIRES: options.at_once > 0.
  Storm(Target& target, Journeys& journeys, Clock& clock, Executors& executors, Observer& observer,
        StormOptions options);
  Storm(const Storm&) = delete;
  Storm& operator=(const Storm&) = delete;

  // Returns when every escrow that was started has ended and the target rests, or on give_up().
  // Called once. What the target throws is a bug: it goes up through the world's loop.
  Awaitable<void> run();

  // Waits no longer for those that have not ended.
  void give_up();

  // When an escrow ended last; nothing before the first.
  std::optional<TimePoint> last_end() const { return last_end_; }

  const StormCounts& counts() const { return counts_; }

 private:
  void start_more();
  void start(EscrowId id);
  Awaitable<void> one_escrow(EscrowId id, TimePoint began);
  Awaitable<std::optional<std::string>> journey(EscrowId id, TimePoint began);
  void tell(EscrowId id, std::string_view phase, bool ok, std::string message, Duration duration);

  Target& target_;
  Journeys& journeys_;
  Clock& clock_;
  Executors& executors_;
  Observer& observer_;
  const StormOptions options_;
  StormCounts counts_;
  std::optional<TimePoint> last_end_;
  bool given_up_ = false;
  bool starting_ = false;
  WaitList all_ended_;
};

}  // namespace escrowstorm::sim
