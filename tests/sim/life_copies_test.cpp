// Wallets whose instance hangs for hours, file locked: the escrow goes on in copies, elsewhere. And
// set-ups that go back to their round in copies, instead of starting over.
#include <gmock/gmock.h>
#include <gtest/gtest.h>

#include <map>
#include <set>

#include "sim/explore/virtual_run.hpp"
#include "tests/sim/life_scenario.hpp"

namespace escrowstorm::sim {
namespace {

using namespace std::chrono_literals;

// How often each phase was told, and when the last escrow was paid out.
struct Told final : Observer {
  void on(const Event& event) override {
    ++phases[std::string(event.phase)];
    if (event.kind == EventKind::rpc) ++calls[std::string(event.method)];
    if (event.phase == "closed") closed = event.at;
    all.insert(event.at);
  }
  std::map<std::string, int> phases;
  std::map<std::string, int> calls;
  std::set<TimePoint> all;
  TimePoint closed{};
};

std::string broken_by(const VirtualOutcome& outcome) {
  return outcome.violations.empty() ? "nothing" : outcome.violations.front().what;
}

VirtualOutcome run_and_tell(const Scenario& scenario, Told& told) {
  VirtualListeners listeners;
  listeners.observer = &told;
  return run_virtually(scenario, listeners);
}

FaultSpec hang_after_call(std::uint64_t nth, Role role) {
  FaultSpec hang;
  hang.fault = "hang";
  hang.trigger.escrows = {0};
  hang.trigger.roles = {role};
  hang.trigger.nth = nth;
  hang.parameters.resume_after = 5h;
  return hang;
}

class HangAtEveryCall : public testing::TestWithParam<JourneyEnd> {};

TEST_P(HangAtEveryCall, TheEscrowIsPaidOutLongBeforeItsInstanceGoesOn) {
  Scenario scenario = life_of(1, GetParam());
  scenario.fleet.instances = 6;
  int moved = 0;
  for (const Role role : all_roles) {
    for (std::uint64_t nth = 1;; ++nth) {
      scenario.faults = {hang_after_call(nth, role)};
      SCOPED_TRACE(testing::Message() << name_of(role) << "'s call " << nth);
      Told told;
      const VirtualOutcome outcome = run_and_tell(scenario, told);
      if (told.phases["hang"] == 0) break;
      ASSERT_EQ(outcome.escrows.completed, 1u);
      ASSERT_EQ(broken_by(outcome), "nothing");
      ASSERT_LT(told.closed, TimePoint(4h));
      moved += told.phases["moved"];
    }
  }
  EXPECT_GT(moved, 5) << "wallets that were locked";
}

INSTANTIATE_TEST_SUITE_P(Life, HangAtEveryCall,
                         testing::Values(JourneyEnd::release, JourneyEnd::dispute));

Scenario with_copies() {
  Scenario scenario = life_of(1, JourneyEnd::release);
  scenario.coordinator.persistence = coordinator::Persistence::copy_per_round;
  return scenario;
}

TEST(RoundCopies, ACoordinatorThatDiesInARoundGoesBackToIt) {
  Scenario scenario = with_copies();
  Told well;
  ASSERT_EQ(run_and_tell(scenario, well).escrows.completed, 1u);
  ASSERT_EQ(well.phases["went_back"], 0);
  int went_back = 0;
  for (auto at = well.all.begin(); std::next(at) != well.all.end(); ++at) {
    FaultSpec crash;
    crash.fault = "coordinator_crash";
    crash.trigger.from = (*at + (*std::next(at) - *at) / 2).time_since_epoch();
    crash.trigger.at_most = 1;
    crash.parameters.restart_after = 1s;
    scenario.faults = {crash};
    SCOPED_TRACE(testing::Message() << "crash at " << crash.trigger.from.count() << " ns");
    Told told;
    const VirtualOutcome outcome = run_and_tell(scenario, told);
    ASSERT_EQ(outcome.escrows.completed, 1u);
    ASSERT_EQ(broken_by(outcome), "nothing");
    went_back += told.phases["went_back"];
    if (told.phases["went_back"] > 0) {
      ASSERT_EQ(told.calls["create_wallet"], 3) << "no wallet anew";
    }
  }
  EXPECT_GT(went_back, 10);
}

TEST(RoundCopies, AnInstanceThatDiesInARoundLeadsBackToIt) {
  int went_back = 0;
  for (const char* method : {"make_multisig", "exchange_multisig_keys", "is_multisig"}) {
    for (const CrashWhen when : {CrashWhen::before, CrashWhen::after}) {
      Scenario scenario = with_copies();
      FaultSpec death;
      death.fault = "wallet_crash";
      death.trigger.methods = {method};
      death.trigger.nth = 2;
      death.parameters.when = when;
      death.parameters.restart_after = 20s;
      scenario.faults = {death};
      SCOPED_TRACE(method);
      Told told;
      const VirtualOutcome outcome = run_and_tell(scenario, told);
      EXPECT_EQ(outcome.escrows.completed, 1u);
      EXPECT_EQ(broken_by(outcome), "nothing");
      EXPECT_EQ(told.calls["create_wallet"], 3);
      went_back += told.phases["went_back"];
    }
  }
  EXPECT_EQ(went_back, 6);
}

}  // namespace
}  // namespace escrowstorm::sim
