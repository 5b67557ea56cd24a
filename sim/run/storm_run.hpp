// One storm in one world: puts coordinator, storm, faults and observers together, runs them, and
// tells what was seen. Made for one run.
#pragma once

#include <functional>
#include <memory>
#include <vector>

#include "sim/faults/coordinator_host.hpp"
#include "sim/faults/engine.hpp"
#include "sim/faults/faulty_store.hpp"
#include "sim/faults/suspension.hpp"
#include "sim/faults/world_control.hpp"
#include "sim/metrics/summary.hpp"
#include "sim/metrics/summary_builder.hpp"
#include "sim/run/run_watch.hpp"
#include "sim/scenario/scenario.hpp"
#include "sim/storm/storm.hpp"
#include "sim/thresholds/abort_watch.hpp"
#include "sim/trace/fan_out.hpp"
#include "sim/world/world.hpp"

namespace escrowstorm::sim {

class StormRun final : private WorldControl {
 public:
  // References outlive it, `watch` the world too. What the coordinator's memory can't be opened for
  // is thrown.
  StormRun(const Scenario& scenario, World& world, RunWatch& watch,
           std::vector<Observer*> observers);
  ~StormRun();  // drops what is still under way, as a crash would
  StormRun(const StormRun&) = delete;
  StormRun& operator=(const StormRun&) = delete;

  // Returns when every escrow has ended, or after calm none for too long, or the world was
  // interrupted; or those that have started, where a threshold ended it early. `tick` is called now
  // and then.
  void run(std::function<void()> tick);

  // What was measured, with the facts that the events do not say. `digest`: of the trace.
  Summary summary(std::string digest) const;

 private:
  Awaitable<void> main();
  Awaitable<void> open_bank();
  Awaitable<void> give_up_when_stuck();
  void durable(const coordinator::EscrowRecord& record);
  void tell(const Violation& violation);
  void end_early(const Threshold& broken);
  void tell_interrupted();

  void kill_instance(std::uint32_t instance) override;
  void start_instance(std::uint32_t instance) override;
  void hang_instance(std::uint32_t instance) override;
  void resume_instance(std::uint32_t instance) override;
  std::uint32_t instances() const override;
  void crash_coordinator() override;
  void start_coordinator() override;
  void open_port(std::uint32_t instance) override;
  void suspend_coordinator() override;
  void resume_coordinator() override;
  void steal_slot(std::uint32_t instance, std::string wallet) override;
  mockrpc::Fleet& fleet() override;
  mockrpc::Chain& chain() override;
  Bank* bank() override;
  std::vector<std::string> wallets() const override;

  const Scenario& scenario_;
  World& world_;
  RunWatch& watch_;
  SummaryBuilder builder_;
  AbortWatch abort_;
  FanOut observers_;
  std::unique_ptr<CoordinatorMemory> memory_;
  FaultyStore store_;
  std::unique_ptr<Suspension> suspension_;  // none where nothing suspends
  coordinator::WalletClient caller_;        // of journeys that are one call
  CoordinatorHost host_;
  Target& target_;
  Journeys journeys_;
  Storm storm_;
  FaultEngine faults_;
};

}  // namespace escrowstorm::sim
