// Calls and commits that fail in a set-up: how it ends, and what it says.
#include <gmock/gmock.h>
#include <gtest/gtest.h>

#include "coordinator/setup/setup_machine.hpp"
#include "tests/coordinator/support/machine_rig.hpp"

namespace escrowstorm::test {
namespace {

using namespace coordinator;
using testing::ElementsAre;
using testing::IsEmpty;
using testing::StartsWith;
using Kind = CallError::Kind;

TEST(SetupMachine, EndsAfterAFailureOfAnyCallInAnyPhase) {
  for (const Phase phase : acting_phases) {
    if (phase == Phase::close) continue;  // after publication, see below
    const std::size_t steps = steps_of(phase, SetupPolicy()).size();
    for (std::size_t step = 0; step < steps; ++step) {
      for (const bool others_well : {true, false}) {
        MachineRig rig;
        rig.go_to(phase);
        for (std::size_t i = 0; i < step; ++i) rig.answer_well(Role::vendor);
        const std::string method(method_of(rig.call_of(Role::vendor).request));
        rig.answer(Role::vendor, call_error(Kind::outcome_unknown, "connection reset"));
        EXPECT_FALSE(rig.commit_asked) << "others are under way in " << name_of(phase);
        EXPECT_FALSE(rig.under_way(Role::vendor));

        const std::size_t made = rig.all_calls.size();
        for (const Role role : {Role::buyer, Role::arbiter}) {
          if (others_well)
            rig.answer_well(role);
          else
            rig.answer(role, rpc_error(-1, "late"));
        }
        for (std::size_t i = made; i < rig.all_calls.size(); ++i) {
          EXPECT_EQ(method_of(rig.all_calls[i].request), "close_wallet") << name_of(phase);
          EXPECT_EQ(rig.all_calls[i].repeat, Repeat::never);
        }
        rig.finish_well();
        EXPECT_FALSE(rig.outcome->ready);
        EXPECT_EQ(rig.outcome->address, "");
        EXPECT_THAT(rig.outcome->failure, StartsWith("vendor: " + method));
        EXPECT_THAT(rig.outcome->failure, testing::HasSubstr(name_of(phase)));
        EXPECT_THAT(rig.outcome->failure,
                    testing::EndsWith("on instance 5: outcome unknown: connection reset"));
        EXPECT_EQ(rig.committed.back().phase, Phase::failed);
        EXPECT_EQ(rig.committed.back().failure, rig.outcome->failure);
        EXPECT_EQ(rig.published, "");
      }
    }
  }
}

TEST(SetupMachine, ClosesTheWalletsItCreatedAlsoWhenTheirAnswerComesLate) {
  MachineRig rig;
  rig.go_to(Phase::create);
  rig.answer(Role::buyer, call_error(Kind::refused));
  rig.answer_well(Role::vendor);
  EXPECT_THAT(rig.methods_under_way(), ElementsAre("arbiter create_wallet"));
  rig.answer_well(Role::arbiter);
  EXPECT_THAT(rig.methods_under_way(), ElementsAre("vendor close_wallet", "arbiter close_wallet"));
}

TEST(SetupMachine, DoesNotCloseWhatItMayNotHaveOpened) {
  MachineRig rig;
  rig.go_to(Phase::create);
  for (const Role role : all_roles) rig.answer(role, call_error(Kind::deadline, "no answer"));
  EXPECT_THAT(rig.calls, IsEmpty());
  EXPECT_EQ(rig.releases, 1);
  ASSERT_TRUE(rig.commit_asked);
  EXPECT_EQ(rig.commit_asked->phase, Phase::failed);
}

TEST(SetupMachine, KeepsTheFirstReason) {
  MachineRig rig;
  rig.go_to(Phase::make);
  rig.answer(Role::arbiter, rpc_error(-28, "This wallet is already multisig"));
  rig.answer(Role::buyer, rpc_error(-1, "something else"));
  rig.answer(Role::vendor, call_error(Kind::deadline));
  rig.finish_well();
  EXPECT_EQ(rig.outcome->failure,
            "arbiter: make_multisig on instance 6: -28 This wallet is already multisig");
}

TEST(SetupMachine, NamesThePhaseWhereTheMethodDoesNot) {
  MachineRig rig;
  rig.go_to(Phase::exchange_2);
  rig.answer(Role::buyer, rpc_error(-48, "This wallet is multisig, and\nmultisig is disabled."));
  rig.answer_well(Role::vendor);
  rig.answer_well(Role::arbiter);
  rig.finish_well();
  EXPECT_EQ(rig.outcome->failure,
            "buyer: exchange_multisig_keys (exchange_2) on instance 4: -48 This wallet is "
            "multisig, and multisig is disabled.");
}

TEST(SetupMachine, ClosingGoesWrongAfterAFailureAndItStillEnds) {
  MachineRig rig;
  rig.go_to(Phase::prepare);
  for (const Role role : all_roles) rig.answer(role, rpc_error(-1, "no"));
  EXPECT_EQ(rig.calls.size(), 3u);
  rig.finish_badly();
  EXPECT_EQ(rig.outcome->failure, "buyer: prepare_multisig on instance 4: -1 no");
  EXPECT_THAT(rig.closing_failures, IsEmpty());
}

TEST(SetupMachine, FailsBeforeItActsWhenTheStateCannotBeCommitted) {
  for (const Phase phase : acting_phases) {
    if (phase == Phase::close) continue;
    MachineRig rig;
    rig.lease();
    while (rig.commit_asked->phase != phase) {
      rig.commit();
      while (!rig.calls.empty()) rig.answer_well(*rig.calls.front().site.role);
    }
    const std::size_t made = rig.all_calls.size();
    rig.commit("database or disk is full");
    for (std::size_t i = made; i < rig.all_calls.size(); ++i)
      EXPECT_EQ(method_of(rig.all_calls[i].request), "close_wallet") << name_of(phase);
    EXPECT_EQ(rig.all_calls.size() - made, phase == Phase::create ? 0u : 3u);
    rig.finish_badly();
    EXPECT_EQ(rig.outcome->failure,
              "commit before " + std::string(name_of(phase)) + ": database or disk is full");
  }
}

TEST(SetupMachine, PublishesNothingThatIsNotCommitted) {
  MachineRig rig;
  rig.go_to(Phase::reopen);
  while (!rig.calls.empty()) rig.answer_well(*rig.calls.front().site.role);
  ASSERT_EQ(rig.commit_asked->phase, Phase::publish);
  EXPECT_EQ(rig.published, "");
  rig.commit("disk I/O error");
  rig.finish_well();
  EXPECT_EQ(rig.published, "");
  EXPECT_EQ(rig.outcome->failure, "commit before publish: disk I/O error");
  EXPECT_EQ(rig.committed.back().address, "");
}

TEST(SetupMachine, StaysPublishedWhateverHappensAfterwards) {
  MachineRig closing;
  closing.go_to(Phase::close);
  closing.answer(Role::buyer, rpc_error(-13, "No wallet file"));
  closing.answer_well(Role::vendor);
  closing.answer(Role::arbiter, call_error(Kind::deadline, "no answer in time"));
  closing.finish_well();
  EXPECT_TRUE(closing.outcome->ready);
  EXPECT_EQ(closing.outcome->address, "4AddressOfTheEscrow");
  EXPECT_THAT(closing.closing_failures,
              ElementsAre("buyer: close_wallet on instance 4: -13 No wallet file",
                          "arbiter: close_wallet on instance 6: deadline: no answer in time"));

  MachineRig store;
  store.go_to(Phase::publish);
  ASSERT_EQ(store.commit_asked->phase, Phase::close);
  store.commit("disk full");
  EXPECT_THAT(store.calls, IsEmpty());
  ASSERT_EQ(store.commit_asked->phase, Phase::ready);
  store.commit("disk full");
  EXPECT_TRUE(store.outcome->ready);
  EXPECT_THAT(store.closing_failures, ElementsAre("commit before close: disk full"));
}

}  // namespace
}  // namespace escrowstorm::test
