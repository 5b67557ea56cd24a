// Thresholds on parts of a run: what is counted of them, event by event.
#include <gtest/gtest.h>

#include <nlohmann/json.hpp>
#include <set>
#include <variant>

#include "sim/explore/virtual_run.hpp"
#include "sim/metrics/summary_builder.hpp"
#include "sim/scenario/reader.hpp"
#include "sim/storm/storm.hpp"
#include "sim/thresholds/gauges.hpp"

namespace escrowstorm::sim {
namespace {

using namespace std::chrono_literals;

Threshold parsed(std::string_view text) {
  auto read = Threshold::parse(text);
  EXPECT_TRUE(std::holds_alternative<Threshold>(read)) << std::get<std::string>(read);
  return std::get<Threshold>(std::move(read));
}

Event call(Duration at, Duration took, std::optional<Role> role, std::string_view phase,
           bool ok = true) {
  Event event;
  event.at = TimePoint(at);
  event.kind = EventKind::rpc;
  event.method = "store";
  event.role = role;
  event.phase = phase;
  event.duration = took;
  event.ok = ok;
  return event;
}

Event of_escrow(Duration at, EscrowId escrow, std::string_view phase, bool ok = true) {
  Event event;
  event.at = TimePoint(at);
  event.kind = EventKind::escrow;
  event.escrow = escrow;
  event.phase = phase;
  event.duration = 1s;
  event.ok = ok;
  return event;
}

const std::vector<Event> seen_run{
    of_escrow(0s, 1, storm_phase::requested), of_escrow(1s, 2, storm_phase::requested),
    call(2s, 10ms, Role::buyer, "make"),      call(3s, 20ms, Role::vendor, "make", false),
    call(4s, 30ms, Role::buyer, "check"),     of_escrow(5s, 1, storm_phase::set_up),
    call(6s, 40ms, std::nullopt, "drain"),    of_escrow(7s, 2, storm_phase::ended, false),
    of_escrow(8s, 1, storm_phase::ended),     of_escrow(9s, 3, storm_phase::requested),
    of_escrow(10s, 3, storm_phase::ended),
};

ThresholdResult result_of(std::string_view text) {
  Scenario scenario;
  scenario.thresholds.push_back(parsed(text));
  Gauges gauges(scenario);
  SummaryBuilder builder;
  for (const Event& event : seen_run) {
    gauges.on(event);
    builder.on(event);
  }
  nlohmann::ordered_json summary = to_json(builder.finish(RunFacts()));
  gauges.add_to(summary);
  return evaluate(scenario.thresholds.front(), summary);
}

std::optional<double> actual(const std::string& metric) {
  return result_of(metric.substr(0, metric.find(' ')) + " >= 0" +
                   metric.substr(std::min(metric.find(' '), metric.size())))
      .actual;
}

TEST(Gauges, CallsByRolePhaseAndWindow) {
  EXPECT_EQ(actual("rpc.store.count role buyer"), 2);
  EXPECT_EQ(actual("rpc.store.max role buyer"), 30);
  EXPECT_EQ(actual("rpc.store.min phase make"), 10);
  EXPECT_EQ(actual("rpc.store.errors phase make"), 1);
  EXPECT_EQ(actual("rpc.store.count phase drain"), 1);
  EXPECT_EQ(actual("rpc.store.max role buyer phase make"), 10);
  EXPECT_EQ(actual("rpc.store.count from 3s until 6s"), 2);  // what ends at 6s is behind it
  EXPECT_EQ(actual("rpc.store.p50 until 4s role buyer"), 10);
}

TEST(Gauges, WhatWasNotThereHasNoValueAndACountIsNought) {
  EXPECT_EQ(actual("rpc.store.p99 role arbiter"), std::nullopt);
  EXPECT_EQ(actual("rpc.store.errors role arbiter"), std::nullopt);
  EXPECT_EQ(actual("rpc.store.count role arbiter"), 0);
  EXPECT_EQ(actual("setup_ms.p99 from 1h"), std::nullopt);
  EXPECT_FALSE(result_of("rpc.store.p99 < 1h role arbiter").pass);
}

TEST(Gauges, EscrowsByTheWindowTheirEventsFallInto) {
  EXPECT_EQ(actual("escrows.started until 5s"), 2);
  EXPECT_EQ(actual("escrows.ready from 8s"), 1);  // the first was ready before: only the third
  EXPECT_EQ(actual("escrows.completed from 8s"), 2);
  EXPECT_EQ(actual("escrows.failed from 5s until 8s"), 1);
  EXPECT_EQ(actual("setup_ms.count from 5s"), 2);
}

TEST(Gauges, OfTheWholeRunTheySayWhatTheSummarySays) {
  for (const char* metric :
       {"escrows.started", "escrows.ready", "escrows.completed", "escrows.failed", "setup_ms.count",
        "setup_ms.min", "setup_ms.p50", "setup_ms.p99", "rpc.store.count", "rpc.store.errors",
        "rpc.store.min", "rpc.store.p50", "rpc.store.p90", "rpc.store.max"})
    EXPECT_EQ(actual(metric + std::string(" until 1000h")), actual(metric)) << metric;
}

TEST(Gauges, RatiosOfPartsAndOfTheWhole) {
  EXPECT_EQ(result_of("escrows.failed / escrows.started < 50%").actual, 100.0 / 3);
  EXPECT_TRUE(result_of("escrows.failed / escrows.started < 0.34").pass);
  EXPECT_FALSE(result_of("escrows.failed / escrows.started < 0.33").pass);
  EXPECT_EQ(result_of("rpc.store.errors / rpc.store.count <= 1% phase make").actual, 50);
  EXPECT_EQ(result_of("rpc.store.errors <= 1% phase make").actual, 50);
  EXPECT_EQ(result_of("rpc.store.max / rpc.store.min < 5").actual, 400);
  EXPECT_EQ(result_of("escrows.failed / escrows.started < 1% from 1h").actual, 0);  // of none
}

TEST(Gauges, PercentilesStandInTheSummaryWithTheirSamples) {
  Scenario scenario;
  scenario.thresholds.push_back(parsed("rpc.store.p99 < 2s role buyer"));
  scenario.expect.emplace().metrics.push_back(parsed("escrows.failed == 0 until 5s"));
  Gauges gauges(scenario);
  for (const Event& event : seen_run) gauges.on(event);
  nlohmann::ordered_json summary;
  gauges.add_to(summary);
  EXPECT_EQ(summary["selected"]["rpc.store.p99 role buyer"]["samples"], 2);
  EXPECT_EQ(summary["selected"]["escrows.failed until 5s"]["value"], 0);
  EXPECT_FALSE(summary["selected"]["escrows.failed until 5s"].contains("samples"));
}

TEST(Gauges, NothingIsPutWhereNothingWasAsked) {
  Scenario scenario;
  scenario.thresholds.push_back(parsed("escrows.failed == 0"));
  nlohmann::ordered_json summary = nlohmann::ordered_json::object();
  Gauges(scenario).add_to(summary);
  EXPECT_TRUE(summary.empty());
}

// Sees which phases calls are of.
struct PhasesOfCalls final : Observer {
  void on(const Event& event) override {
    if (event.kind == EventKind::rpc) seen.insert(std::string(event.phase));
  }
  std::set<std::string> seen;
};

TEST(Gauges, EveryPhaseOfCallsCanBeSelected) {
  const auto life = parse_scenario(
      R"({"name": "a", "fleet": {"instances": 6, "latency": "none"}, "chain": {"block_every": "1m"},
          "coordinator": {"reopen_check": true, "call_deadline": "1s", "sessions": "open_per_step"},
          "storm": {"escrows": 2, "journeys": [{"price": "1 XMR"}]},
          "faults": [{"fault": "hang", "nth": 40, "method": "get_attribute", "resume_after": "9s"},
                     {"fault": "lost_reply", "first": 1, "then": "silence"}],
          "calm": {"within": "2h"}})",
      "x.json");
  PhasesOfCalls phases;
  run_virtually(std::get<Scenario>(life), {.observer = &phases});
  EXPECT_GE(phases.seen.size(), 10u);
  for (const std::string& phase : phases.seen)
    EXPECT_TRUE(std::holds_alternative<Selection>(Selection::parse("phase " + phase))) << phase;
}

}  // namespace
}  // namespace escrowstorm::sim
