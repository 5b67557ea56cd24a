// Set-ups that keep copies of their wallets' files, and go back to a round in them.
#include <gmock/gmock.h>
#include <gtest/gtest.h>

#include "coordinator/setup/round_copies.hpp"
#include "tests/coordinator/support/machine_rig.hpp"

namespace escrowstorm::test {
namespace {

using namespace coordinator;
using testing::Contains;
using testing::ElementsAre;
using testing::HasSubstr;
using testing::IsEmpty;
using testing::SizeIs;

SetupPolicy with_copies() {
  SetupPolicy policy;
  policy.persistence = Persistence::copy_per_round;
  policy.reopen_check = false;
  return policy;
}

// The record as it was durable last when the attempt came to an end in the middle of `phase`.
EscrowRecord interrupted_in(Phase phase) {
  MachineRig rig(with_copies());
  rig.go_to(phase);
  return rig.committed.back();
}

TEST(SetupCopies, EachRoundBeginsWithCopiesOfTheFilesThatAreSaved) {
  MachineRig rig(with_copies());
  rig.lease();
  rig.finish_well();
  ASSERT_TRUE(rig.outcome);
  EXPECT_TRUE(rig.outcome->ready) << rig.outcome->failure;
  EXPECT_THAT(rig.copied, ElementsAre("escrow_7_buyer > escrow_7_buyer-make_input",
                                      "escrow_7_vendor > escrow_7_vendor-make_input",
                                      "escrow_7_arbiter > escrow_7_arbiter-make_input",
                                      "escrow_7_buyer > escrow_7_buyer-exchange_1_input",
                                      "escrow_7_vendor > escrow_7_vendor-exchange_1_input",
                                      "escrow_7_arbiter > escrow_7_arbiter-exchange_1_input",
                                      "escrow_7_buyer > escrow_7_buyer-exchange_2_input",
                                      "escrow_7_vendor > escrow_7_vendor-exchange_2_input",
                                      "escrow_7_arbiter > escrow_7_arbiter-exchange_2_input"));
  EXPECT_THAT(rig.kept, IsEmpty()) << "they go as they are not needed any more";
}

TEST(SetupCopies, TheDigestIsCommittedWithTheRound) {
  EXPECT_THAT(interrupted_in(Phase::exchange_1).copies,
              ElementsAre("digest of escrow_7_buyer", "digest of escrow_7_vendor",
                          "digest of escrow_7_arbiter"));
}

TEST(SetupCopies, WhereNothingIsToGoBackToItStartsOver) {
  for (const Phase phase : {Phase::create, Phase::label, Phase::verify, Phase::prepare})
    EXPECT_FALSE(SetupMachine::can_go_back(interrupted_in(phase), with_copies())) << name_of(phase);
  EscrowRecord without = interrupted_in(Phase::make);
  EXPECT_TRUE(SetupMachine::can_go_back(without, with_copies()));
  EXPECT_FALSE(SetupMachine::can_go_back(without, SetupPolicy())) << "the policy keeps none";
  without.copies[1].clear();
  EXPECT_FALSE(SetupMachine::can_go_back(without, with_copies()));
}

TEST(SetupCopies, GoesBackToItsRoundInCopiesOfTheCopies) {
  struct Case {
    Phase interrupted, round;
    std::vector<std::string> first_calls;
  };
  const Case cases[] = {
      {Phase::make,
       Phase::make,
       {"open_wallet", "get_attribute", "prepare_multisig", "make_multisig", "store"}},
      {Phase::exchange_1,
       Phase::exchange_1,
       {"open_wallet", "get_attribute", "exchange_multisig_keys", "store"}},
      {Phase::exchange_2,
       Phase::exchange_2,
       {"open_wallet", "get_attribute", "exchange_multisig_keys"}},
      {Phase::check, Phase::exchange_2, {"open_wallet", "get_attribute", "exchange_multisig_keys"}},
  };
  for (const Case& one : cases) {
    SCOPED_TRACE(name_of(one.interrupted));
    const EscrowRecord record = interrupted_in(one.interrupted);
    MachineRig rig{SetupMachine(record, with_copies(), false)};
    rig.lease();
    const std::string input = std::string("-") + std::string(name_of(one.round)) + "_input > ";
    EXPECT_THAT(rig.copied, Contains("escrow_7_buyer" + input + "escrow_7_buyer-2"));
    EXPECT_EQ(rig.went_back, one.round);
    ASSERT_TRUE(rig.commit_asked);
    EXPECT_EQ(rig.commit_asked->phase, one.round);
    EXPECT_EQ(rig.commit_asked->attempt, record.attempt);
    EXPECT_EQ(rig.commit_asked->wallets[1], "escrow_7_vendor-2");
    rig.finish_well();
    ASSERT_TRUE(rig.outcome);
    EXPECT_TRUE(rig.outcome->ready) << rig.outcome->failure;
    std::vector<std::string> of_buyer;
    for (const coordinator::Call& call : rig.all_calls)
      if (call.site.role == Role::buyer) of_buyer.emplace_back(method_of(call.request));
    of_buyer.resize(one.first_calls.size());
    EXPECT_EQ(of_buyer, one.first_calls);
    EXPECT_THAT(rig.kept, IsEmpty());
  }
}

// The switch of a copy is off until it prepares again, and what it says then is another message:
// the others have the first one.
TEST(SetupCopies, TheMessageOfPreparingAgainIsNotUsed) {
  const EscrowRecord record = interrupted_in(Phase::make);
  MachineRig rig{SetupMachine(record, with_copies(), false)};
  rig.go_to(Phase::exchange_1);
  EXPECT_EQ(rig.committed.back().messages[0][0], record.messages[0][0]);
}

TEST(SetupCopies, ACopyThatIsNotWholeIsRefusedAndTheEscrowStartsOver) {
  MachineRig rig{SetupMachine(interrupted_in(Phase::exchange_1), with_copies(), false)};
  rig.damaged = "escrow_7_vendor-exchange_1_input";
  rig.lease();
  ASSERT_TRUE(rig.started_over);
  EXPECT_THAT(*rig.started_over, HasSubstr("vendor: going back: "));
  EXPECT_FALSE(rig.back_to) << "from the beginning";
  EXPECT_EQ(rig.releases, 1);
  EXPECT_THAT(rig.all_calls, IsEmpty()) << "nothing of it is used";
}

TEST(SetupCopies, TheLastAttemptFailsInstead) {
  MachineRig rig{SetupMachine(interrupted_in(Phase::exchange_1), with_copies(), true)};
  rig.damaged = "escrow_7_vendor-exchange_1_input";
  rig.lease();
  rig.finish_well();
  ASSERT_TRUE(rig.outcome);
  EXPECT_THAT(rig.outcome->failure, HasSubstr("vendor: going back: "));
}

TEST(SetupCopies, InstancesThatFailLeadBackToTheRound) {
  MachineRig rig(with_copies(), 7, false);
  rig.go_to(Phase::exchange_2);
  rig.answer(Role::arbiter, call_error(CallError::Kind::outcome_unknown));
  rig.finish_well();
  ASSERT_TRUE(rig.started_over);
  ASSERT_TRUE(rig.back_to);
  EXPECT_EQ(rig.back_to->phase, Phase::exchange_2);
  EXPECT_THAT(rig.kept, SizeIs(role_count)) << "what it goes back to";
}

TEST(SetupCopies, ACopyThatCannotBeMadeFailsTheEscrow) {
  MachineRig rig(with_copies());
  rig.damaged = "escrow_7_buyer";
  rig.lease();
  rig.finish_well();
  ASSERT_TRUE(rig.outcome);
  EXPECT_EQ(rig.outcome->failure, "buyer: copy before the next round: disk full");
}

}  // namespace
}  // namespace escrowstorm::test
