#include "sim/capacity/load_run.hpp"

#include <nlohmann/json.hpp>

#include "mockrpc/fleet/ledger.hpp"
#include "sim/capacity/wait_growth.hpp"
#include "sim/metrics/histogram.hpp"
#include "sim/run/storm_run.hpp"
#include "sim/storm/storm.hpp"
#include "sim/thresholds/gauges.hpp"
#include "sim/world/worlds.hpp"

namespace escrowstorm::sim {
namespace {

class ComputingMeter final : public mockrpc::Ledger {
 public:
  void executed(const mockrpc::LedgerEntry& entry) override { sum_ += entry.cost.computing; }
  void dropped(TimePoint, std::uint32_t, std::optional<CallFor>,
               const walletrpc::Request&) override {}
  void killed(TimePoint, std::uint32_t, std::string_view) override {}

  Duration sum() const { return sum_; }

 private:
  Duration sum_{};
};

// From the request of an escrow to the end of its journey.
class LifeMeter final : public Observer {
 public:
  void on(const Event& event) override {
    if (event.kind == EventKind::escrow && event.phase == storm_phase::ended && event.ok)
      took_.record(event.duration);
  }

  Duration median() const { return took_.count() > 0 ? took_.percentile(50) : Duration::zero(); }

 private:
  Histogram took_;
};

LoadRun figures_of(const Scenario& scenario, const Summary& summary, const Gauges& gauges) {
  LoadRun run;
  nlohmann::ordered_json measured = to_json(summary);
  gauges.add_to(measured);
  for (const Threshold& threshold : scenario.thresholds)
    run.thresholds.push_back(evaluate(threshold, measured));
  if (!summary.failures.empty()) run.failure = summary.failures.front().reason;
  run.completed = summary.escrows.completed;
  if (summary.setup.count > 0) {
    run.setup_p50 = summary.setup.p50;
    run.setup_p99 = summary.setup.p99;
  }
  return run;
}

}  // namespace

LoadRun run_load(const CapacityVariant& variant, const std::function<bool()>& asked_to_end) {
  const Scenario& scenario = variant.scenario;
  RunWatch watch(scenario, true);
  ComputingMeter computing;
  watch.ledger.add(computing);
  Gauges gauges(scenario);
  WaitGrowth growth;
  LifeMeter life;
  WorldOptions options;
  options.ledger = &watch.ledger;
  options.faults = &watch.faults;
  options.asked_to_end = asked_to_end;
  options.calls_never_wait = variant.calls_never_wait;
  const auto world = make_virtual_world(scenario, Random(scenario.seed), options);
  LoadRun run;
  {
    StormRun storm(scenario, *world, watch, {&gauges, &growth, &life});
    storm.run(nullptr);
    run = figures_of(scenario, storm.summary(""), gauges);
  }
  if (!watch.judge.violations().empty())
    run.violated = std::string(watch.judge.violations().front().invariant);
  if (scenario.storm.arrivals.kind != "closed") run.growth_percent = growth.percent();
  run.life_p50 = life.median();
  run.computing = computing.sum();
  run.interrupted = world->interrupted();
  return run;
}

}  // namespace escrowstorm::sim
