// Instances that hang, as by SIGSTOP, and go on, in virtual time.
#include <gmock/gmock.h>
#include <gtest/gtest.h>

#include "tests/mockrpc/fleet_rig.hpp"

namespace escrowstorm::mockrpc {
namespace {

using namespace std::chrono_literals;
using testing::ElementsAre;
using testing::IsEmpty;
using namespace walletrpc;

TEST(FleetHang, HoldsTheAnswerBackAndExecutesNothingMore) {
  FleetRig rig;
  rig.at(0s, "at work", create("a"));
  rig.at(500ms, [&] { rig.fleet->hang(0); });
  rig.at(1s, "queued", GetVersion());
  rig.at(10s, [&] {
    EXPECT_THAT(rig.told("at work"), IsEmpty());
    EXPECT_THAT(rig.ledger.lines, ElementsAre("0ms #0 create_wallet answered '' > 'a'"));
    rig.fleet->resume(0);
  });
  rig.run();
  EXPECT_THAT(rig.told("at work"), ElementsAre("10000ms answered"));
  EXPECT_THAT(rig.told("queued"), ElementsAre("11000ms answered"));
}

TEST(FleetHang, OneThatGoesOnWhileItsCallIsAtWorkLosesNoTime) {
  FleetRig rig;
  rig.at(0s, "at work", create("a"));
  rig.at(500ms, [&] { rig.fleet->hang(0); });
  rig.at(1s, [&] { rig.fleet->resume(0); });
  rig.run();
  EXPECT_THAT(rig.told("at work"), ElementsAre("2000ms answered"));
}

TEST(FleetHang, TakesCallsWhileItIsIdle) {
  FleetRig rig;
  rig.at(0s, [&] { rig.fleet->hang(0); });
  rig.at(1s, "asked", GetVersion());
  rig.at(5s, [&] { rig.fleet->resume(0); });
  rig.run();
  EXPECT_THAT(rig.told("asked"), ElementsAre("6000ms answered"));
}

TEST(FleetHang, KeepsItsWalletLocked) {
  FleetRig rig;
  rig.at(0s, "create", create("a"), 0);
  rig.at(3s, [&] { rig.fleet->hang(0); });
  rig.at(4s, "elsewhere", open_wallet("a"), 1);
  rig.at(9s, [&] { rig.fleet->kill(0); });
  rig.at(10s, "freed", open_wallet("a"), 1);
  rig.run();
  EXPECT_THAT(rig.told("elsewhere"), ElementsAre("5000ms error -1"));
  EXPECT_THAT(rig.told("freed"), ElementsAre("11000ms answered"));
}

TEST(FleetHang, DyingEndsIt) {
  FleetRig rig;
  rig.at(0s, [&] { rig.fleet->hang(0); });
  rig.at(1s, "asked", GetVersion());
  rig.at(2s, [&] { rig.fleet->kill(0); });
  rig.at(3s, [&] { rig.fleet->start(0); });
  rig.at(4s, "after", GetVersion());
  rig.at(8s, [&] { rig.fleet->resume(0); });
  rig.run();
  EXPECT_THAT(rig.told("asked"), ElementsAre("2000ms broken"));
  EXPECT_THAT(rig.told("after"), ElementsAre("5000ms answered"));
}

TEST(FleetHang, WithinACallThatTakesNoTimeHoldsItsAnswerBack) {
  FleetRig rig;
  rig.faults.plan_after(0, [&](const CallAtSeat&) {
    rig.fleet->hang(0);
    return Verdict();
  });
  rig.at(0s, "asked", GetVersion());
  rig.at(7s, [&] { rig.fleet->resume(0); });
  rig.run();
  EXPECT_THAT(rig.told("asked"), ElementsAre("7000ms answered"));
}

TEST(FleetHang, ARefreshThatWasDueComesWhenItGoesOn) {
  FleetRig rig(true);
  rig.at(0s, "create", create("a"));
  rig.at(3s, [&] { rig.fleet->hang(0); });
  rig.at(60s, [&] { rig.fleet->resume(0); });
  rig.at(61s, "behind it", GetVersion());
  rig.at(62s, [&] { rig.fleet->kill(0); });  // or it would go on for ever
  rig.run();
  EXPECT_THAT(rig.told("behind it"), ElementsAre("62000ms broken"));
}

}  // namespace
}  // namespace escrowstorm::mockrpc
