// The invariants about what the coordinator's memory has to have.
#include "coordinator/client/error_text.hpp"
#include "tests/sim/invariant_rig.hpp"

namespace escrowstorm::sim {
namespace {

using testing::ElementsAre;
using testing::HasSubstr;
using testing::IsEmpty;

constexpr const char* address = "4AddressOfTheEscrow";

class AddressIsTold : public testing::Test {
 protected:
  void tell(std::string_view phase, std::string_view told, bool ok = true) {
    Event event;
    event.kind = EventKind::escrow;
    event.phase = phase;
    event.escrow = 7;
    event.ok = ok;
    event.message = coordinator::shortened(told);
    rig.judge.on(event);
  }
  void find_in_memory(std::string_view kept) {
    coordinator::EscrowRecord other;
    other.id = 3;
    coordinator::EscrowRecord record;
    record.id = 7;
    record.address = kept;
    rig.judge.remembered(rig.clock.now(), std::vector{other, record});
  }

  InvariantRig rig;
};

TEST_F(AddressIsTold, AndIsStillThere) {
  find_in_memory("");
  tell("publish", address);
  find_in_memory(address);
  tell("set_up", address);
  find_in_memory(address);
  EXPECT_THAT(rig.broken(), IsEmpty()) << rig.story();
}

TEST_F(AddressIsTold, AndTheMemoryHasNone) {
  tell("publish", address);
  find_in_memory("");
  EXPECT_THAT(rig.broken(), ElementsAre("address_survives"));
  EXPECT_THAT(rig.story(), HasSubstr("escrow 7 was given the address 4AddressOf..., and the "
                                     "coordinator's memory has none"));
}

TEST_F(AddressIsTold, AndTheMemoryHasNoSuchEscrow) {
  tell("publish", address);
  rig.judge.remembered(rig.clock.now(), {});
  EXPECT_THAT(rig.broken(), ElementsAre("address_survives"));
}

TEST_F(AddressIsTold, AndTheMemoryHasAnother) {
  tell("publish", address);
  find_in_memory("4Elsewhere of another");
  EXPECT_THAT(rig.story(), HasSubstr("memory has 4Elsewhere..."));
}

TEST_F(AddressIsTold, AndWhoAsksIsToldAnother) {
  tell("publish", address);
  tell("set_up", "4Elsewhere of another");
  EXPECT_THAT(rig.broken(), ElementsAre("address_survives"));
  EXPECT_THAT(rig.story(), HasSubstr("the address 4AddressOf..., and now 4Elsewhere..."));
}

// What comes after a loss is an escrow of its own.
TEST_F(AddressIsTold, ALossIsOneViolation) {
  tell("publish", address);
  find_in_memory("");
  find_in_memory("");
  tell("publish", "4Elsewhere of another");
  find_in_memory("4Elsewhere of another");
  EXPECT_THAT(rig.judge.violations(), testing::SizeIs(1));
}

TEST_F(AddressIsTold, WhatFailedWasNot) {
  tell("publish", address, false);
  tell("close", address);
  find_in_memory("");
  EXPECT_THAT(rig.broken(), IsEmpty()) << rig.story();
}

class SignedPayout : public testing::Test {
 protected:
  void keep(std::string txset) {
    coordinator::EscrowRecord record;
    record.id = 7;
    record.payout.txset = std::move(txset);
    rig.durable(record);
  }
  // No wallet is open there: what was asked is judged.
  void submit(std::string txset) {
    rig.call(0, CallFor{7, Role::buyer}, walletrpc::SubmitMultisig{std::move(txset)});
  }

  InvariantRig rig;
};

TEST_F(SignedPayout, IsSubmittedAsOftenAsNeedBe) {
  keep("");
  keep("signed");
  submit("signed");
  keep("signed");
  keep("");  // it is closed
  submit("signed");
  EXPECT_THAT(rig.broken(), IsEmpty()) << rig.story();
}

TEST_F(SignedPayout, IsDurableBefore) {
  submit("signed");
  EXPECT_THAT(rig.broken(), ElementsAre("payout_kept"));
  EXPECT_THAT(rig.story(), HasSubstr("submit_multisig for escrow 7's buyer was given a txset that "
                                     "the coordinator's memory does not have"));
}

TEST_F(SignedPayout, IsTheOneThatIsThere) {
  keep("signed");
  submit("signed anew");
  EXPECT_THAT(rig.story(), HasSubstr("another txset than the coordinator's memory has"));
}

TEST_F(SignedPayout, IsNeverReplaced) {
  keep("signed");
  keep("signed anew");
  EXPECT_THAT(rig.broken(), ElementsAre("payout_kept"));
  EXPECT_THAT(rig.story(), HasSubstr("the signed payout of escrow 7 was in the coordinator's "
                                     "memory and is another one now"));
}

}  // namespace
}  // namespace escrowstorm::sim
