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

}  // namespace
}  // namespace escrowstorm::sim
