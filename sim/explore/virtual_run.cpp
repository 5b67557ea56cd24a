#include "sim/explore/virtual_run.hpp"

#include <algorithm>

#include "sim/run/storm_run.hpp"
#include "sim/trace/digest_observer.hpp"
#include "sim/world/worlds.hpp"

namespace escrowstorm::sim {

const Violation* VirtualOutcome::violation_of(std::string_view invariant) const {
  const auto at = std::find_if(violations.begin(), violations.end(),
                               [&](const Violation& one) { return one.invariant == invariant; });
  return at == violations.end() ? nullptr : &*at;
}

VirtualOutcome run_virtually(const Scenario& scenario, const VirtualListeners& listeners) {
  RunWatch watch(scenario, true);
  std::vector<Observer*> observers;
  DigestObserver digest;
  observers.push_back(&digest);
  if (Story* const story = listeners.story) {
    watch.ledger.add(*story);
    observers.push_back(story);
    watch.on_violation = [story](const Violation& violation) { story->violated(violation); };
  }
  if (listeners.observer) observers.push_back(listeners.observer);
  WorldOptions options;
  options.ledger = &watch.ledger;
  options.faults = &watch.faults;
  options.asked_to_end = listeners.asked_to_end;
  const auto world = make_virtual_world(scenario, Random(scenario.seed), options);
  VirtualOutcome outcome;
  {
    StormRun storm(scenario, *world, watch, observers);
    storm.run(nullptr);
    Summary summary = storm.summary("");
    outcome.escrows = summary.escrows;
    outcome.setup = summary.setup;
    outcome.makespan = summary.makespan;
    outcome.failures = std::move(summary.failures);
  }
  outcome.digest = digest.digest().hex();
  outcome.violations = watch.judge.violations();
  outcome.probes = watch.probes.counts();
  outcome.calls = digest.calls();
  outcome.interrupted = world->interrupted();
  return outcome;
}

}  // namespace escrowstorm::sim
