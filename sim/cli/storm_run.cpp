#include "sim/cli/storm_run.hpp"

#include "sim/cli/terminal.hpp"

namespace escrowstorm::sim {
namespace {

constexpr int flush_every = 5;  // ticks: what is on the disk is at most a second old

coordinator::CoordinatorOptions coordinator_options(const Scenario& scenario, const World& world) {
  coordinator::CoordinatorOptions options;
  options.slots = scenario.coordinator.slots;
  options.verify_wallet = scenario.coordinator.verify_wallet;
  options.publish_after = scenario.coordinator.publish_after;
  options.call_deadline = scenario.coordinator.call_deadline;
  options.wallet_prefix = world.wallet_prefix();
  return options;
}

}  // namespace

StormRun::StormRun(const Scenario& scenario, World& world, TraceWriter& trace,
                   ProgressDisplay& display)
    : world_(world),
      trace_(trace),
      display_(display),
      tally_(scenario.storm.escrows),
      observers_{&trace_, &builder_, &tally_},
      memory_(world.open_memory(nullptr)),
      host_(world.transport(), world.clock(), world.executors(), observers_, memory_->store(),
            coordinator_options(scenario, world)),
      storm_(host_, world.clock(), world.executors(), observers_,
             StormOptions{scenario.storm.escrows, scenario.escrows_at_once()}) {}

StormRun::~StormRun() { world_.abandon(); }

void StormRun::run() {
  world_.run(storm_.run(), [this] { tick(); });
  display_.end();
  if (!world_.interrupted()) return;
  Event event;
  event.at = world_.clock().now();
  event.kind = EventKind::escrow;
  event.phase = storm_phase::interrupted;
  event.ok = false;
  observers_.on(event);
}

void StormRun::tick() {
  display_.show(tally_.counts(), world_.clock().now() - TimePoint(), terminal_width());
  if (++ticks_ % flush_every == 0) trace_.flush();
}

}  // namespace escrowstorm::sim
