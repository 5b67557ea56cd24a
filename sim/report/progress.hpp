// How far a storm is: counted from events, shown as a line. The line is a pure function of counts,
// time and width, so that tests need no terminal.
#pragma once

#include <cstddef>
#include <cstdint>
#include <iosfwd>
#include <set>
#include <string>

#include "base/observer.hpp"
#include "sim/report/status_line.hpp"

namespace escrowstorm::sim {

struct ProgressCounts {
  std::uint64_t planned = 0;
  std::uint64_t in_set_up = 0;  // have their instances now, and are not ready
  std::uint64_t ready = 0;
  // Ready ones whose journey has ended as asked; shown when one goes on.
  std::uint64_t completed = 0;
  std::uint64_t answered = 0;  // of journeys that are one call; shown when there are some
  std::uint64_t going_on = 0;  // ready ones whose journey has not ended
  std::uint64_t failed = 0;
  std::uint64_t calls = 0;
  std::uint64_t call_errors = 0;
};

class ProgressTally final : public Observer {
 public:
  explicit ProgressTally(std::uint64_t planned) { counts_.planned = planned; }

  void on(const Event& event) override;
  const ProgressCounts& counts() const { return counts_; }

 private:
  void on_escrow(const Event& event);

  ProgressCounts counts_;
  std::set<EscrowId> in_set_up_;
  std::set<EscrowId> going_on_;
  std::set<EscrowId> ready_;
  std::set<EscrowId> answered_;  // and not told to have ended
};

// "12.4 s: 7 of 10 ready, 2 completed, 0 failed, 3 in set-up, 0 waiting, 212 calls, 0 errors"; what
// is completed only where journeys go on beyond the set-up; what does not fit
// into `width` characters is left out from the right.
std::string progress_line(const ProgressCounts& counts, Duration elapsed, std::size_t width);

// Shows progress on a stream: on a terminal one line that is written over and gone in the end,
// elsewhere a plain line every few seconds.
class ProgressDisplay {
 public:
  enum class Mode : unsigned char { terminal, plain, none };

  // `out` outlives it.
  ProgressDisplay(std::ostream& out, Mode mode) : out_(out), mode_(mode), line_(out) {}
  ProgressDisplay(const ProgressDisplay&) = delete;
  ProgressDisplay& operator=(const ProgressDisplay&) = delete;

  // To be called about five times a second. `width` is the terminal's.
  void show(const ProgressCounts& counts, Duration elapsed, std::size_t width);

 private:
  std::ostream& out_;
  Mode mode_;
  StatusLine line_;
  Duration next_plain_ = std::chrono::seconds(5);
};

}  // namespace escrowstorm::sim
