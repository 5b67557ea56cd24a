// What clients do beside paying: looking again, asking again, thinking, never paying.
#include <gmock/gmock.h>
#include <gtest/gtest.h>

#include "sim/explore/virtual_run.hpp"
#include "tests/sim/life_scenario.hpp"

namespace escrowstorm::sim {
namespace {

using namespace std::chrono_literals;

struct Seen final : Observer {
  void on(const Event& event) override {
    last = event.at;
    if (event.kind == EventKind::rpc && event.method == "create_wallet") ++created;
    if (event.kind == EventKind::rpc && event.method == "transfer") ++transfers;
    if (event.kind == EventKind::escrow && event.phase == "ended") ended = event.at;
  }

  TimePoint last;
  TimePoint ended;
  int created = 0;
  int transfers = 0;
};

Seen run(const Scenario& scenario) {
  Seen seen;
  VirtualListeners listeners;
  listeners.observer = &seen;
  const VirtualOutcome outcome = run_virtually(scenario, listeners);
  EXPECT_EQ(outcome.escrows.completed, scenario.storm.escrows);
  EXPECT_EQ(outcome.escrows.failed, 0u);
  EXPECT_TRUE(outcome.violations.empty());
  return seen;
}

TEST(LifeJourneys, ABuyerWhoVanishesLeavesTheAddress) {
  Scenario scenario = life_of(1, JourneyEnd::vanish);
  scenario.storm.journeys[0].checks = 3;
  const Seen seen = run(scenario);
  EXPECT_EQ(seen.transfers, 0);
  EXPECT_GE(seen.ended, TimePoint(3 * 2min));
}

TEST(LifeJourneys, TenClientsGetOneSetUp) {
  Scenario scenario = life_of(2, JourneyEnd::release);
  scenario.storm.journeys[0].setup_clients = 10;
  scenario.storm.journeys[0].asks_twice = true;
  EXPECT_EQ(run(scenario).created, 3 * 2);
}

TEST(LifeJourneys, TenClientsGetOneSetUpAlsoWhenTheCoordinatorDies) {
  Scenario scenario = life_of(1, JourneyEnd::set_up);
  scenario.storm.journeys[0].setup_clients = 10;
  FaultSpec crash;
  crash.fault = "coordinator_crash";
  crash.trigger.from = 3s;
  crash.parameters.restart_after = 1s;
  scenario.faults = {crash};
  const Seen seen = run(scenario);
  EXPECT_GT(seen.created, 3) << "the crash cut the first attempt short";
  EXPECT_LE(seen.created, 3 * 2) << "and one more was enough";
}

TEST(LifeJourneys, ThinkingAndLookingAgainTakeTime) {
  Scenario scenario = life_of(1, JourneyEnd::release);
  const Seen at_once = run(scenario);
  scenario.storm.journeys[0].think_time = 7min;
  scenario.storm.journeys[0].checks = 4;
  const Seen slowly = run(scenario);
  EXPECT_GE(slowly.ended - at_once.ended, 4 * 7min);
}

}  // namespace
}  // namespace escrowstorm::sim
