// One storm in one world: puts coordinator, storm and observers together, runs them, and tells what
// was seen. Made for one run.
#pragma once

#include <memory>

#include "sim/faults/coordinator_host.hpp"
#include "sim/metrics/summary_builder.hpp"
#include "sim/report/progress.hpp"
#include "sim/scenario/scenario.hpp"
#include "sim/storm/storm.hpp"
#include "sim/trace/fan_out.hpp"
#include "sim/trace/trace_writer.hpp"
#include "sim/world/world.hpp"

namespace escrowstorm::sim {

class StormRun {
 public:
  // References outlive it. What the coordinator's memory can't be opened for is thrown.
  StormRun(const Scenario& scenario, World& world, TraceWriter& trace, ProgressDisplay& display);
  ~StormRun();  // drops what is still under way, as a crash would
  StormRun(const StormRun&) = delete;
  StormRun& operator=(const StormRun&) = delete;

  // Returns when every escrow has ended or the world was interrupted.
  void run();

  const SummaryBuilder& seen() const { return builder_; }

 private:
  void tick();

  World& world_;
  TraceWriter& trace_;
  ProgressDisplay& display_;
  SummaryBuilder builder_;
  ProgressTally tally_;
  FanOut observers_;
  std::unique_ptr<CoordinatorMemory> memory_;
  CoordinatorHost host_;
  Storm storm_;
  int ticks_ = 0;
};

}  // namespace escrowstorm::sim
