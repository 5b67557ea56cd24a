#include "sim/run/run_in_world.hpp"

#include "sim/process/scratch_dir.hpp"
#include "sim/run/storm_run.hpp"

namespace escrowstorm::sim {

Summary run_in_world(const Scenario& scenario, WorldOptions options,
                     const std::vector<Observer*>& observers,
                     const std::function<void(TimePoint now)>& tick) {
  const ScratchDir scratch;
  options.scratch = scratch.path();
  const WorldKind& kind = *find_world(scenario.world);
  RunWatch watch(scenario, kind.has_mock_fleet);
  options.ledger = &watch.ledger;
  options.faults = &watch.faults;
  const auto world = kind.make(scenario, Random(scenario.seed), options);
  StormRun storm(scenario, *world, watch, observers);
  storm.run([&] { tick(world->clock().now()); });
  return storm.summary("");
}

}  // namespace escrowstorm::sim
