// So many escrows in all, no more than so many at once, each of which makes its journey. Closed: as
// one ends its user begins the next, after thinking. Open: they are due when the arrivals say so,
// and what is due and can't start, since too many are under way, starts when it can. Tells each
// start and end as an event of kind escrow, from which the summary counts. A journey of one call
// counts as an escrow all the way.
// Lives on the world's executor; all references outlive it.
#pragma once

#include <cstdint>
#include <deque>
#include <memory>
#include <optional>
#include <string_view>

#include "base/clock.hpp"
#include "base/executors.hpp"
#include "base/observer.hpp"
#include "base/wait_list.hpp"
#include "sim/storm/arrivals/arrivals.hpp"
#include "sim/storm/journeys.hpp"
#include "sim/target.hpp"

namespace escrowstorm::sim {

// The phases of the storm's own events; the coordinator's lie between.
namespace storm_phase {
// Of an open storm `duration` is how long after it was due, `message` one of the two below.
inline constexpr std::string_view requested = "requested";
// The escrow is ready, and its journey goes on; not told where it ends with that. `message`: the
// address that was answered, shortened. `duration`, here and below, counts from the request; of an
// open storm from when it was due.
inline constexpr std::string_view set_up = "set_up";
// The call of a journey that is nothing else was answered. Its end is told right behind it.
inline constexpr std::string_view answered = "answered";
// ok: the journey ended as asked; otherwise `message` says why not.
inline constexpr std::string_view ended = "ended";
// The run was: told once, at its end, of no escrow in particular.
inline constexpr std::string_view interrupted = "interrupted";
// A threshold, `message`, can't hold any more: no further escrow starts. Of no escrow in
// particular.
inline constexpr std::string_view aborted = "aborted";
}  // namespace storm_phase

// How an escrow of an open storm started: when it was due, or later, since too many were under way.
namespace storm_start {
inline constexpr std::string_view on_schedule = "on schedule";
inline constexpr std::string_view late = "late";
}  // namespace storm_start

struct StormOptions {
  std::uint64_t escrows = 1;
  std::uint64_t at_once = 1;
  Duration think_time{};  // of a closed storm's users
};

struct StormCounts {
  std::uint64_t started = 0;
  std::uint64_t completed = 0;
  std::uint64_t failed = 0;

  std::uint64_t unfinished() const { return started - completed - failed; }
};

class Storm {
 public:
  // `arrivals` null: a closed storm. REQUIRES: options.at_once > 0.
  Storm(Target& target, Journeys& journeys, Clock& clock, Executors& executors, Observer& observer,
        StormOptions options, std::unique_ptr<Arrivals> arrivals = nullptr);
  Storm(const Storm&) = delete;
  Storm& operator=(const Storm&) = delete;

  // Returns when every escrow that was started has ended and the target rests, or on give_up().
  // Called once. What the target throws is a bug: it goes up through the world's loop.
  Awaitable<void> run();

  // Waits no longer for those that have not ended.
  void give_up();

  // No more of them start; run() returns when those that have, have ended. False when there were no
  // more anyway. From wherever, also while it tells an observer something.
  bool start_no_more();

  // While some are under way: when one ended last, or when the first of them began, if that was
  // later.
  std::optional<TimePoint> waiting_since() const;

  const StormCounts& counts() const { return counts_; }

 private:
  struct Due {
    TimePoint at;
    bool late = false;  // it can't start at once
  };

  Awaitable<void> take_arrivals();
  void start_more();
  bool may_start() const;
  void start(EscrowId id);
  Awaitable<void> one_escrow(EscrowId id, TimePoint began);
  Awaitable<void> think();
  Awaitable<std::optional<std::string>> journey(EscrowId id, TimePoint began);
  bool is_over() const;
  void tell(EscrowId id, std::string_view phase, bool ok, std::string message, Duration duration);

  Target& target_;
  Journeys& journeys_;
  Clock& clock_;
  Executors& executors_;
  Observer& observer_;
  const StormOptions options_;
  std::uint64_t escrows_;                     // that are to start in all
  const std::unique_ptr<Arrivals> arrivals_;  // of an open storm
  const std::unique_ptr<Timer> next_due_;
  std::deque<Due> due_;         // of an open storm, and not started
  std::uint64_t thinking_ = 0;  // users of a closed one
  StormCounts counts_;
  TimePoint waiting_since_{};  // while some are under way
  bool given_up_ = false;
  bool starting_ = false;
  WaitList all_ended_;
};

}  // namespace escrowstorm::sim
