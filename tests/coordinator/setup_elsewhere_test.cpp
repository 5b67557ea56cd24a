// A set-up whose instances fail it starts over on others.
#include <gmock/gmock.h>
#include <gtest/gtest.h>

#include "tests/coordinator/support/machine_rig.hpp"
#include "tests/coordinator/support/rig.hpp"

namespace escrowstorm::test {
namespace {

using namespace coordinator;
using testing::Each;
using testing::ElementsAre;
using testing::HasSubstr;
using testing::Not;
using Kind = CallError::Kind;

constexpr Kind without_answer[] = {Kind::refused, Kind::outcome_unknown, Kind::deadline,
                                   Kind::bad_answer};

MachineRig with_another_attempt(bool exclusive_slots = true) {
  SetupPolicy policy;
  policy.exclusive_slots = exclusive_slots;
  return MachineRig(policy, 7, false);
}

TEST(SetupElsewhere, AfterACallWithoutAnAnswerInAnyPhaseBeforePublication) {
  for (const Phase phase : acting_phases) {
    if (phase == Phase::close) continue;
    for (const Kind kind : without_answer) {
      SCOPED_TRACE(testing::Message() << name_of(phase) << ", " << name_of(kind));
      MachineRig rig = with_another_attempt();
      rig.go_to(phase);
      const std::size_t commits = rig.committed.size();
      rig.answer(Role::vendor, call_error(kind, "the cause"));
      rig.finish_well();
      EXPECT_EQ(rig.outcome, std::nullopt);
      EXPECT_THAT(rig.started_over.value_or(""), HasSubstr("on instance 5: "));
      EXPECT_EQ(rig.committed.size(), commits) << "nothing of a failure is committed";
      EXPECT_EQ(rig.drained, RoleSet::only(Role::vendor));
      // The drain closes it; the others' wallets are closed as ever.
      for (const coordinator::Call& call : rig.all_calls) {
        EXPECT_FALSE(call.repeat == Repeat::never && call.site.role == Role::vendor);
      }
    }
  }
}

TEST(SetupElsewhere, NotWhenTheLastAttemptFails) {
  MachineRig rig;
  rig.go_to(Phase::make);
  rig.answer(Role::vendor, call_error(Kind::deadline));
  rig.finish_well();
  ASSERT_TRUE(rig.outcome);
  EXPECT_FALSE(rig.outcome->ready);
  EXPECT_EQ(rig.committed.back().phase, Phase::failed);
  EXPECT_EQ(rig.drained, RoleSet::only(Role::vendor)) << "all the same";
}

TEST(SetupElsewhere, NotAfterWhatAWalletAnswered) {
  MachineRig rig = with_another_attempt();
  rig.go_to(Phase::make);
  rig.answer(Role::vendor, rpc_error(-1, "Failed to make"));
  rig.answer(Role::buyer, call_error(Kind::deadline));
  rig.finish_well();
  ASSERT_TRUE(rig.outcome);
  EXPECT_THAT(rig.outcome->failure, HasSubstr("-1 Failed to make"));
  EXPECT_EQ(rig.drained, RoleSet::only(Role::buyer)) << "all the same";
}

TEST(SetupElsewhere, AfterALostSlotWhereInstancesAreNotShared) {
  for (const bool exclusive : {true, false}) {
    MachineRig rig = with_another_attempt(exclusive);
    rig.go_to(Phase::prepare);
    rig.answer(Role::vendor, rpc_error(-13, "No wallet file"));
    rig.finish_well();
    EXPECT_EQ(rig.started_over.has_value(), exclusive);
    EXPECT_TRUE(rig.drained.empty()) << "it answered";
  }
}

TEST(SetupElsewhere, AfterAFileThatIsLockedWhereInstancesAreNotShared) {
  for (const bool exclusive : {true, false}) {
    MachineRig rig = with_another_attempt(exclusive);
    rig.go_to(Phase::reopen);
    rig.answer_well(Role::vendor);
    ASSERT_EQ(method_of(rig.call_of(Role::vendor).request), "open_wallet");
    rig.answer(Role::vendor, rpc_error(-1, "Failed to open wallet"));
    rig.finish_well();
    EXPECT_EQ(rig.started_over.has_value(), exclusive);
  }
}

TEST(SetupElsewhere, SharedInstancesAreNotDrained) {
  MachineRig rig = with_another_attempt(false);
  rig.go_to(Phase::make);
  rig.answer(Role::vendor, call_error(Kind::outcome_unknown));
  rig.finish_well();
  EXPECT_TRUE(rig.started_over);
  EXPECT_TRUE(rig.drained.empty());
}

TEST(SetupElsewhere, WhoAnswersLastIsNotDrained) {
  MachineRig rig;
  rig.go_to(Phase::close);
  rig.answer(Role::buyer, call_error(Kind::deadline));
  rig.finish_well();
  EXPECT_TRUE(rig.outcome->ready) << "published";
  EXPECT_EQ(rig.drained, RoleSet::only(Role::buyer));

  MachineRig well;
  well.lease();
  well.finish_well();
  EXPECT_TRUE(well.drained.empty());
}

TEST(SetupElsewhere, NotAfterPublication) {
  SetupPolicy policy;
  policy.publish_after = PublishAfter::make;
  MachineRig rig(policy, 7, false);
  rig.go_to(Phase::exchange_1);
  rig.answer(Role::vendor, call_error(Kind::refused));
  rig.finish_well();
  ASSERT_TRUE(rig.outcome);
  EXPECT_FALSE(rig.outcome->ready);
}

// Instance 1 dies at its n-th call, for good.
TEST(CoordinatorElsewhere, GoesOnWithoutAnInstanceThatDies) {
  constexpr int calls_of_one_role = 16;
  for (int call = 0; call < calls_of_one_role; ++call) {
    for (const Kind kind : without_answer) {
      SCOPED_TRACE(testing::Message() << "call " << call << ", " << name_of(kind));
      Rig rig(6);
      int seen = 0;
      rig.fleet.on_call = [&](InstanceId instance, const walletrpc::Request&) {
        std::optional<FakeFleet::Fault> fault;
        if (instance != 1 || seen++ < call) return fault;
        fault.emplace();
        fault->error = call_error(kind, "dead");
        return fault;
      };
      rig.begin(1);
      rig.begin(2);
      rig.begin(3);
      while (rig.outcomes.size() < 3) ASSERT_TRUE(rig.clock.step(rig.loop));
      for (const auto& [id, outcome] : rig.outcomes) EXPECT_TRUE(outcome.ready) << outcome.failure;
      const bool closing = call == calls_of_one_role - 1;  // then it is published
      const std::vector<Event> over = rig.observer.of(EventKind::escrow, "started_over");
      ASSERT_EQ(over.size(), closing ? 0u : 1u);
      EXPECT_EQ(rig.observer.count(EventKind::lease, "resumed"), 0u);
      EXPECT_THAT(rig.store.records.at(3).instances, Each(Not(1u)));
      if (closing) continue;
      EXPECT_EQ(over[0].escrow, 1u);
      EXPECT_FALSE(over[0].ok);
      EXPECT_THAT(over[0].message, HasSubstr("vendor: "));
      EXPECT_EQ(rig.store.records.at(1).attempt, 2u);
      EXPECT_THAT(rig.store.records.at(1).wallets,
                  ElementsAre("escrow_1_buyer_2", "escrow_1_vendor_2", "escrow_1_arbiter_2"));
      EXPECT_THAT(rig.store.records.at(1).instances, Each(Not(1u)));
    }
  }
}

TEST(CoordinatorElsewhere, GivesUpAfterAsManyAttemptsAsItMayMake) {
  for (const std::uint32_t attempts : {1u, 2u, 7u}) {
    CoordinatorOptions options;
    options.setup_attempts = attempts;
    Rig rig(3, options);
    rig.fleet.on_call = [](InstanceId instance, const walletrpc::Request& request) {
      std::optional<FakeFleet::Fault> fault;
      if (instance != 2 || !holds_alternative<walletrpc::MakeMultisig>(request)) return fault;
      fault.emplace();
      fault->error = call_error(Kind::outcome_unknown, "the connection broke");
      return fault;
    };
    const SetupOutcome outcome = rig.set_up(1);
    EXPECT_FALSE(outcome.ready);
    EXPECT_THAT(outcome.failure, HasSubstr("make_multisig on instance 2: outcome unknown"));
    EXPECT_EQ(rig.observer.count(EventKind::escrow, "started"), attempts);
    EXPECT_EQ(rig.observer.count(EventKind::escrow, "started_over"), attempts - 1);
    EXPECT_EQ(rig.store.records.at(1).attempt, attempts);
    EXPECT_EQ(rig.store.records.at(1).phase, Phase::failed);
    rig.run();
    EXPECT_TRUE(rig.all_leases_returned());
    // Another life has attempts of its own, if asked for another escrow.
    rig.restart();
    rig.run();
    EXPECT_EQ(rig.set_up(1), outcome);
  }
}

// Those who wait for it hear of the end only.
TEST(CoordinatorElsewhere, WhoJoinedHearsOfTheLastAttempt) {
  Rig rig(3);
  int failing = 2;
  rig.fleet.on_call = [&](InstanceId instance, const walletrpc::Request& request) {
    std::optional<FakeFleet::Fault> fault;
    if (instance != 0 || !holds_alternative<walletrpc::CreateWallet>(request) || failing-- <= 0)
      return fault;
    fault.emplace();
    fault->error = call_error(Kind::outcome_unknown);
    return fault;
  };
  rig.begin(1);
  rig.begin(1);
  rig.run();
  EXPECT_EQ(rig.answers, 2);
  EXPECT_TRUE(rig.outcomes.at(1).ready);
  EXPECT_EQ(rig.store.records.at(1).attempt, 3u);
}

// A crash between two attempts: the next life takes names that no call was made for.
TEST(CoordinatorElsewhere, ACrashWhileItWaitsForOthersLosesNothing) {
  Rig rig(3);
  bool dead = true;
  rig.fleet.on_call = [&](InstanceId instance, const walletrpc::Request&) {
    std::optional<FakeFleet::Fault> fault;
    if (instance != 1 || !dead) return fault;
    fault.emplace();
    fault->error = call_error(Kind::refused);
    return fault;
  };
  rig.begin(1);
  while (rig.observer.count(EventKind::escrow, "started_over") == 0)
    ASSERT_TRUE(rig.clock.step(rig.loop));
  rig.restart();
  dead = false;
  EXPECT_TRUE(rig.set_up(1).ready);
  EXPECT_EQ(rig.store.records.at(1).attempt, 2u);
}

TEST(CoordinatorRestart, DrainsEveryInstanceBeforeAnybodyGetsIt) {
  Rig rig(6);
  rig.begin(1);
  while (rig.store.records[1].phase != Phase::make) ASSERT_TRUE(rig.clock.step(rig.loop));
  rig.fleet.busy_until[1] = TimePoint(std::chrono::seconds(40));
  rig.restart();
  EXPECT_EQ(rig.observer.count(EventKind::lease, "suspended"), 6u);
  EXPECT_TRUE(rig.set_up(1).ready);
  EXPECT_THAT(rig.store.records.at(1).instances, Each(Not(1u))) << "it has not answered yet";
  EXPECT_THAT(rig.fleet.open[0], "") << "left open by the first";
  EXPECT_EQ(rig.observer.count(EventKind::lease, "resumed"), 5u);
}

TEST(CoordinatorRestart, DrainsNothingThatIsSharedOrWasNeverUsed) {
  CoordinatorOptions sharing;
  sharing.slots = "shared_round_robin";
  Rig shared(3, sharing);
  EXPECT_TRUE(shared.set_up(1).ready);
  shared.restart();
  EXPECT_EQ(shared.observer.count(EventKind::lease, "suspended"), 0u);

  Rig fresh(3);
  fresh.restart();
  EXPECT_EQ(fresh.observer.count(EventKind::lease, "suspended"), 0u);
}

}  // namespace
}  // namespace escrowstorm::test
