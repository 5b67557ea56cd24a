// Which of the ready tasks runs next. A scheduler holds what is ready, in lanes: one for each
// escrow, each instance, and one for all else. Within a lane the order is that in which tasks
// became ready, always; the scheduler chooses among lanes. All choices are drawn from one seeded
// stream.
#pragma once

#include <cstdint>
#include <limits>
#include <memory>
#include <optional>
#include <span>
#include <string_view>

#include "base/random.hpp"
#include "base/time.hpp"
#include "sim/virtual/task.hpp"

namespace escrowstorm::sim {

class Scheduler {
 public:
  virtual ~Scheduler() = default;

  virtual void push(std::unique_ptr<Task> task) = 0;

  // The task to run now; null when none may.
  virtual std::unique_ptr<Task> pop(TimePoint now) = 0;

  // When a task that is ready and held back may run, if there are only such.
  virtual std::optional<TimePoint> held_until() const = 0;

  virtual void clear() = 0;
};

inline constexpr std::uint64_t choices_without_end = std::numeric_limits<std::uint64_t>::max();

struct SchedulerKind {
  std::string_view name;
  // After so many choices it goes on as fifo.
  std::unique_ptr<Scheduler> (*make)(RandomStream random, std::uint64_t choices);
};

// fifo, random, starve.
std::span<const SchedulerKind> schedulers();
const SchedulerKind* find_scheduler(std::string_view name);

}  // namespace escrowstorm::sim
