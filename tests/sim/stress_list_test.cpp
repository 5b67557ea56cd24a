// The stress list of the second founding note, over a thousand seeds: two and ten escrows at once,
// ten one after another, instances dying in each phase, a database that dies with its coordinator,
// calls that run out of time.
#include <gmock/gmock.h>
#include <gtest/gtest.h>

#include <set>

#include "sim/explore/virtual_run.hpp"
#include "tests/sim/life_scenario.hpp"

namespace escrowstorm::sim {
namespace {

using namespace std::chrono_literals;

constexpr std::uint64_t seeds = 1000 / RUNS_DIVIDED_BY;

std::string broken_by(const VirtualOutcome& outcome) {
  return outcome.violations.empty() ? "nothing" : outcome.violations.front().what;
}

Scenario set_ups(std::uint32_t escrows, std::uint32_t at_once) {
  Scenario scenario = life_of(escrows, JourneyEnd::set_up);
  scenario.chain.reset();
  scenario.storm.concurrency = at_once;
  scenario.schedule = "random";
  return scenario;
}

void all_are_ready(Scenario scenario) {
  for (scenario.seed = 1; scenario.seed <= seeds; ++scenario.seed) {
    const VirtualOutcome outcome = run_virtually(scenario);
    ASSERT_EQ(outcome.escrows.ready, scenario.storm.escrows) << "seed " << scenario.seed;
    ASSERT_EQ(broken_by(outcome), "nothing") << "seed " << scenario.seed;
  }
}

FaultSpec fault(std::string name) {
  FaultSpec spec;
  spec.fault = std::move(name);
  return spec;
}

TEST(StressList, TwoAtOnce) { all_are_ready(set_ups(2, 2)); }

TEST(StressList, TenAtOnce) { all_are_ready(set_ups(10, 10)); }

// On three instances, so that each gets what the one before left. That addresses differ is an
// invariant.
TEST(StressList, TenOneAfterAnother) {
  Scenario scenario = set_ups(10, 1);
  scenario.fleet.instances = 3;
  all_are_ready(scenario);
}

// Each seed another call of another escrow.
TEST(StressList, AnInstanceDiesInAnyPhase) {
  for (std::uint64_t seed = 1; seed <= seeds; ++seed) {
    Scenario scenario = set_ups(3, 3);
    scenario.seed = seed;
    FaultSpec death = fault("wallet_crash");
    death.trigger.nth = 1 + seed % 150;
    death.parameters.when = seed % 2 == 0 ? CrashWhen::before : CrashWhen::after;
    death.parameters.restart_after = 5s;
    scenario.faults = {death};
    const VirtualOutcome outcome = run_virtually(scenario);
    ASSERT_EQ(outcome.escrows.ready, 3u) << "seed " << seed;
    ASSERT_EQ(broken_by(outcome), "nothing") << "seed " << seed;
  }
}

// What was not committed is lost with it.
TEST(StressList, TheDatabaseDiesWithItsCoordinator) {
  for (std::uint64_t seed = 1; seed <= seeds; ++seed) {
    Scenario scenario = set_ups(3, 3);
    scenario.seed = seed;
    FaultSpec crash = fault("coordinator_crash");
    crash.trigger.from = seed * 9ms;
    crash.trigger.every = 1s + seed * 1ms;
    crash.trigger.at_most = 3;
    crash.parameters.restart_after = 100ms;
    scenario.faults = {crash};
    const VirtualOutcome outcome = run_virtually(scenario);
    ASSERT_EQ(outcome.escrows.ready, 3u) << "seed " << seed;
    ASSERT_EQ(broken_by(outcome), "nothing") << "seed " << seed;
  }
}

// Its answer never comes, be it that it ran or not; of a whole life.
TEST(StressList, AnyCallRunsOutOfTime) {
  for (std::uint64_t call = 1; call <= 90; ++call) {
    for (const char* silent : {"dropped_call", "lost_reply"}) {
      Scenario scenario = life_of(1, JourneyEnd::release);
      FaultSpec silence = fault(silent);
      silence.trigger.nth = call;
      silence.parameters.then = LostBy::silence;
      scenario.faults = {silence};
      const VirtualOutcome outcome = run_virtually(scenario);
      ASSERT_EQ(outcome.escrows.completed, 1u) << silent << " at call " << call;
      ASSERT_EQ(broken_by(outcome), "nothing") << silent << " at call " << call;
    }
  }
}

}  // namespace
}  // namespace escrowstorm::sim
