#include "bench/setup_storm.hpp"

#include <stdexcept>

#include "sim/process/scratch_dir.hpp"
#include "sim/run/storm_run.hpp"
#include "sim/world/worlds.hpp"

namespace escrowstorm::bench {
namespace {

using namespace sim;

// Sums up what events say of time.
class TimeSpent final : public Observer {
 public:
  explicit TimeSpent(MeasuredStorm& storm) : storm_(storm) {}

  void on(const Event& event) override {
    if (event.kind == EventKind::rpc) storm_.calling += event.duration;
    if (event.kind == EventKind::store) storm_.committing += event.duration;
    if (event.kind == EventKind::lease && event.phase == "released")
      storm_.leased += event.duration;
  }

 private:
  MeasuredStorm& storm_;
};

Scenario scenario_of(const StormToRun& storm) {
  Scenario scenario;
  scenario.name = "bench";
  scenario.world = "virtual";
  scenario.seed = storm.seed;
  scenario.fleet.instances = storm.instances;
  scenario.fleet.cores = storm.cores;
  scenario.fleet.latency = storm.latency;
  scenario.coordinator.verify_wallet = storm.verify_wallet;
  scenario.storm.escrows = storm.escrows;
  return scenario;
}

std::string milliseconds(Duration d) { return std::to_string(to_ms(d)); }

}  // namespace

MeasuredStorm run_storm(const StormToRun& storm) {
  const Scenario scenario = scenario_of(storm);
  const ScratchDir scratch;
  WorldOptions options;
  options.scratch = scratch.path();
  RunWatch watch(scenario, true);
  CallLedger calls;
  watch.ledger.add(calls);
  options.ledger = &watch.ledger;
  options.faults = &watch.faults;
  const auto world = find_world(scenario.world)->make(scenario, Random(scenario.seed), options);
  MeasuredStorm measured;
  TimeSpent spent(measured);
  StormRun run(scenario, *world, watch, {&spent});
  run.run([] {});

  const Summary seen = run.summary("");
  if (seen.escrows.ready != storm.escrows) throw std::runtime_error("not all are ready");
  measured.makespan = seen.makespan;
  measured.escrows = calls.escrows();
  for (const auto& [id, escrow] : measured.escrows)
    for (const SetupCall& call : escrow.calls()) measured.computing += call.cost.computing;
  measured.least = least_time(measured.escrows, storm.instances, storm.cores);
  if (measured.makespan < measured.least.least())
    throw std::logic_error("the least possible time was beaten");
  return measured;
}

std::string median_profile() {
  const auto loaded = mockrpc::LatencyProfile::load(FleetSection().latency, FleetSection().emulate);
  std::string methods;
  for (const auto& [method, figures] : std::get<mockrpc::LatencyProfile>(loaded).methods()) {
    const Duration median = figures.quantile(500'000);
    if (!methods.empty()) methods += ",";
    methods += '"' + method + "\":{\"p50\":" + milliseconds(median) +
               ",\"cpu_p50\":" + milliseconds(median * figures.computing_permille() / 1000) + "}";
  }
  return R"({"unit":"ms","methods":{)" + methods + "}}";
}

}  // namespace escrowstorm::bench
