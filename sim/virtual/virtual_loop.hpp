// The loop of the virtual world: runs all that is ready, then jumps to the next deadline. Time is a
// number that only the jump changes; while anything is ready it stands still. One thread; nothing
// here reads a clock, waits, or draws from another source of chance than the schedule's stream.
//
// What makes a run repeatable is kept in docs/determinism.md.
#pragma once

#include <boost/asio/execution_context.hpp>
#include <cstdint>
#include <limits>
#include <memory>
#include <vector>

#include "base/async.hpp"
#include "base/executors.hpp"
#include "base/time.hpp"
#include "sim/virtual/deadlines.hpp"
#include "sim/virtual/scheduler.hpp"

namespace escrowstorm::sim {

class VirtualLoop final : public boost::asio::execution_context, public Executors {
 public:
  explicit VirtualLoop(std::unique_ptr<Scheduler> scheduler) : scheduler_(std::move(scheduler)) {}
  ~VirtualLoop() { abandon(); }

  TimePoint now() const { return now_; }

  // An executor whose tasks are of no escrow or instance.
  Executor executor();
  Executor for_escrow(std::uint64_t escrow) override;
  Executor for_instance(std::uint32_t instance) override;

  // The lane of an executor of this loop.
  static LaneId lane_of(const Executor& executor);

  void push(std::unique_ptr<Task> task) { scheduler_->push(std::move(task)); }
  Deadlines& deadlines() { return deadlines_; }

  enum class Ran : unsigned char {
    stopped,  // by stop()
    out,      // nothing is left that could ever run
    paused,   // after so many steps; the next run goes on
  };
  // What a task throws comes out here.
  Ran run(std::uint64_t steps = std::numeric_limits<std::uint64_t>::max());
  void stop() { stopped_ = true; }

  // Drops what is ready and what waits for a deadline, as a crash would.
  void abandon();

  // How many tasks have run, and how many deadlines were reached.
  std::uint64_t steps() const { return steps_; }

 private:
  class LaneExecutor;

  bool jump();

  std::unique_ptr<Scheduler> scheduler_;
  Deadlines deadlines_;
  TimePoint now_{};
  bool stopped_ = false;
  std::uint64_t steps_ = 0;
};

}  // namespace escrowstorm::sim
