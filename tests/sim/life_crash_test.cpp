// The coordinator dies anywhere in the life of an escrow, and what it had committed is enough.
#include <gmock/gmock.h>
#include <gtest/gtest.h>

#include <set>

#include "sim/explore/virtual_run.hpp"
#include "tests/sim/life_scenario.hpp"

namespace escrowstorm::sim {
namespace {

using namespace std::chrono_literals;

FaultSpec crash_at(TimePoint when) {
  FaultSpec crash;
  crash.fault = "coordinator_crash";
  crash.trigger.from = when.time_since_epoch();
  crash.trigger.at_most = 1;
  crash.parameters.restart_after = 1s;
  return crash;
}

struct Times final : Observer {
  void on(const Event& event) override { all.insert(event.at); }
  std::set<TimePoint> all;
};

// A moment in each stretch of time in which nothing happens: whatever the coordinator waits for, it
// waits for in one of them.
std::vector<TimePoint> moments_of(const Scenario& scenario) {
  Times times;
  VirtualListeners listeners;
  listeners.observer = &times;
  run_virtually(scenario, listeners);
  std::vector<TimePoint> moments;
  for (auto at = times.all.begin(); std::next(at) != times.all.end(); ++at)
    moments.push_back(*at + (*std::next(at) - *at) / 2);
  return moments;
}

std::string broken_by(const VirtualOutcome& outcome) {
  return outcome.violations.empty() ? "nothing" : outcome.violations.front().what;
}

class CrashAtEveryAwait : public testing::TestWithParam<JourneyEnd> {};

TEST_P(CrashAtEveryAwait, TheEscrowGoesOnToItsEnd) {
  Scenario scenario = life_of(1, GetParam());
  const std::vector<TimePoint> moments = moments_of(scenario);
  EXPECT_GT(moments.size(), 100u);
  for (const TimePoint moment : moments) {
    scenario.faults = {crash_at(moment)};
    const VirtualOutcome outcome = run_virtually(scenario);
    EXPECT_EQ(outcome.escrows.completed, 1u) << "crash at " << moment.time_since_epoch().count();
    EXPECT_EQ(broken_by(outcome), "nothing")
        << "crash at " << moment.time_since_epoch().count() << " ns";
  }
}

INSTANTIATE_TEST_SUITE_P(Ends, CrashAtEveryAwait,
                         testing::Values(JourneyEnd::release, JourneyEnd::refund,
                                         JourneyEnd::dispute),
                         [](const auto& end) { return std::string(name_of(end.param)); });

// And an instance with its wallet unsaved, where nobody expects it.
TEST(InstanceDiesAtEveryAwait, TheEscrowGoesOnElsewhere) {
  Scenario scenario = life_of(1, JourneyEnd::release);
  for (const TimePoint moment : moments_of(scenario)) {
    scenario.faults.clear();
    for (std::uint32_t instance = 0; instance < 3; ++instance) {
      FaultSpec death = crash_at(moment);
      death.fault = "wallet_crash";
      death.trigger.instances = {instance};
      scenario.faults.push_back(death);
    }
    const VirtualOutcome outcome = run_virtually(scenario);
    EXPECT_EQ(outcome.escrows.completed, 1u)
        << "instances die at " << moment.time_since_epoch().count();
    EXPECT_EQ(broken_by(outcome), "nothing");
  }
}

TEST(CrashAtRandom, TenEscrowsAllGoOn) {
  for (std::uint64_t seed = 1; seed <= 100 / RUNS_DIVIDED_BY; ++seed) {
    Scenario scenario = life_of(10, JourneyEnd::release);
    scenario.seed = seed;
    RandomStream random = Random(seed).stream("test.crashes");
    const auto whole = static_cast<std::uint64_t>(Duration(1h).count());
    for (int crash = 0; crash < 5; ++crash)
      scenario.faults.push_back(
          crash_at(TimePoint(Duration(static_cast<Duration::rep>(random.below(whole))))));
    const VirtualOutcome outcome = run_virtually(scenario);
    EXPECT_EQ(outcome.escrows.completed, 10u) << "seed " << seed;
    EXPECT_EQ(broken_by(outcome), "nothing") << "seed " << seed;
  }
}

}  // namespace
}  // namespace escrowstorm::sim
