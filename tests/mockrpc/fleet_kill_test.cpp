// Instances that die and are started again, in virtual time.
#include <gmock/gmock.h>
#include <gtest/gtest.h>

#include "tests/mockrpc/fleet_rig.hpp"

namespace escrowstorm::mockrpc {
namespace {

using namespace std::chrono_literals;
using testing::Contains;
using testing::ElementsAre;
using testing::IsEmpty;
using testing::Not;
using namespace walletrpc;

TEST(FleetKill, BreaksTheCallAtWorkAndThoseInTheQueue) {
  for (const Duration when : {500ms, 1500ms}) {  // it computes, it waits
    FleetRig rig;
    rig.at(0s, "at work", create("a"));
    rig.at(100ms, "queued", CloseWallet(), 0, CallFor{7, Role::buyer});
    rig.at(when, [&] { rig.fleet->kill(0); });
    rig.run();
    const std::string ms = std::to_string(when / 1ms) + "ms ";
    EXPECT_THAT(rig.told("at work"), ElementsAre(ms + "broken"));
    EXPECT_THAT(rig.told("queued"), ElementsAre(ms + "broken"));
    EXPECT_THAT(rig.ledger.lines,
                ElementsAre("0ms #0 create_wallet answered '' > 'a'", ms + "#0 killed with 'a'",
                            ms + "#0 7/buyer close_wallet dropped"));
    EXPECT_EQ(rig.now(), when) << "nothing goes on";
  }
}

TEST(FleetKill, LeavesTheCoresToTheOthers) {
  FleetRig rig;
  rig.at(0s, "a", create("a"), 0);
  rig.at(0s, "b", create("b"), 1);
  rig.at(500ms, [&] { rig.fleet->kill(0); });
  rig.run();
  // A quarter of a second of computing until then, the rest alone, then a second of waiting.
  EXPECT_THAT(rig.told("b"), ElementsAre("2250ms answered"));
}

TEST(FleetKill, RefusesUntilItIsStarted) {
  FleetRig rig;
  rig.at(0s, [&] { rig.fleet->kill(0); });
  rig.at(1s, "dead", GetVersion());
  rig.at(2s, [&] { rig.fleet->start(0); });
  rig.at(2s, "alive", GetVersion());
  rig.run();
  EXPECT_THAT(rig.told("dead"), ElementsAre("1000ms refused"));
  EXPECT_THAT(rig.told("alive"), ElementsAre("3000ms answered"));
  EXPECT_THAT(rig.ledger.lines,
              ElementsAre("0ms #0 killed with ''", "2000ms #0 get_version answered '' > ''"));
}

TEST(FleetKill, TwiceIsOnceAndSoIsStarting) {
  FleetRig rig;
  rig.fleet->start(0);
  rig.fleet->kill(0);
  rig.fleet->kill(0);
  EXPECT_FALSE(rig.fleet->is_alive(0));
  EXPECT_TRUE(rig.fleet->is_alive(1));
  rig.fleet->start(0);
  rig.fleet->start(0);
  EXPECT_TRUE(rig.fleet->is_alive(0));
  EXPECT_THAT(rig.ledger.lines, ElementsAre("0ms #0 killed with ''"));
}

TEST(FleetKill, LosesWhatWasNotSavedAndFreesTheLock) {
  FleetRig rig;
  rig.at(0s, "create", create("a"));
  rig.at(2s, "saved", SetAttribute{"saved", "1"});
  rig.at(2s, "store", Store());
  rig.at(2s, "unsaved", SetAttribute{"unsaved", "1"});
  rig.at(9s, "locked", open_wallet("a"), 1);
  rig.at(11s, [&] { rig.fleet->kill(0); });
  rig.at(12s, "free", open_wallet("a"), 1);
  rig.at(12s, "get saved", GetAttribute{"saved"}, 1);
  rig.at(12s, "get unsaved", GetAttribute{"unsaved"}, 1);
  rig.run();
  EXPECT_THAT(rig.told("locked"), ElementsAre("10000ms error -1"));
  EXPECT_THAT(rig.told("free"), ElementsAre("13000ms answered"));
  EXPECT_THAT(rig.told("get saved"), ElementsAre("14000ms answered"));
  EXPECT_THAT(rig.told("get unsaved"), ElementsAre("15000ms error -45"));
}

TEST(FleetKill, AfterItNoDrawComesAgain) {
  FleetRig rig;
  rig.at(0s, "create a", create("a"));
  rig.at(0s, "address of a", GetAddress());
  rig.at(5s, [&] {
    rig.fleet->kill(0);
    rig.fleet->start(0);
  });
  rig.at(5s, "none", GetAddress());
  rig.at(6s, "create b", create("b"));
  rig.at(6s, "address of b", GetAddress());
  rig.run();
  EXPECT_THAT(rig.told("none"), ElementsAre("6000ms error -13"));
  EXPECT_NE(rig.address("address of a"), rig.address("address of b"));
}

TEST(FleetKill, EndsTheRefreshAndAStartBeginsAnew) {
  FleetRig rig(true);
  rig.at(0s, "never", AutoRefresh{false, 0});
  rig.at(2s, [&] {
    rig.fleet->kill(0);
    rig.fleet->start(0);
  });
  rig.at(3s, "create", create("a"));
  for (int second = 6; second < 60; ++second) rig.at(second * 1s, "refreshed at", GetHeight());
  rig.at(70s, [&] { rig.fleet->kill(0); });
  rig.run();
  EXPECT_EQ(rig.now(), 70s) << "no refresh of a dead instance";
  // The auto_refresh of before is forgotten: 20 s after the start one holds the thread for 3 s.
  EXPECT_THAT(rig.told("refreshed at"), Contains("23000ms answered"));
  EXPECT_THAT(rig.told("refreshed at"), Not(Contains("26000ms answered")));
  EXPECT_THAT(rig.told("refreshed at"), Contains("27000ms answered"));
}

// A refresh has no caller to be told, at work or in the queue.
TEST(FleetKill, InTheMiddleOfARefresh) {
  for (const bool in_queue : {false, true}) {
    FleetRig rig(true);
    const auto restart = [&] {
      rig.fleet->kill(0);
      rig.fleet->start(0);
    };
    rig.at(0s, restart);  // so the refresh is due at 20 s
    rig.at(1s, "create", create("a"));
    if (in_queue) rig.at(19s + 500ms, "before it", GetVersion());
    rig.at(20s + 100ms, "behind it", GetVersion());
    rig.at(in_queue ? 20s + 200ms : 22s, restart);
    rig.at(23s, "open", open_wallet("a"));
    rig.at(30s, [&] { rig.fleet->kill(0); });
    rig.run();
    EXPECT_THAT(rig.told("behind it"), ElementsAre(in_queue ? "20200ms broken" : "22000ms broken"));
    EXPECT_THAT(rig.told("open"), ElementsAre("24000ms answered"));
    EXPECT_EQ(rig.now(), 30s);
  }
}

TEST(FleetKill, TheFleetMayEndWithDeadAndBusyInstances) {
  FleetRig rig;
  rig.at(0s, "a", create("a"));
  rig.at(0s, "b", create("b"));
  rig.at(0s, "c", create("c"), 1);
  rig.at(500ms, [&] { rig.fleet->kill(1); });
  rig.at(600ms, [&] { rig.fleet.reset(); });
  rig.run();
  EXPECT_THAT(rig.told("a"), IsEmpty());
  EXPECT_THAT(rig.told("b"), IsEmpty());
  EXPECT_THAT(rig.told("c"), ElementsAre("500ms broken"));
}

}  // namespace
}  // namespace escrowstorm::mockrpc
