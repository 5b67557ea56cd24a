// The ledger, and what the seat does with the verdicts of faults.
#include <gmock/gmock.h>
#include <gtest/gtest.h>

#include "tests/mockrpc/fleet_rig.hpp"

namespace escrowstorm::mockrpc {
namespace {

using namespace std::chrono_literals;
using testing::ElementsAre;
using namespace walletrpc;

TEST(FleetLedger, HearsEachCallAsItExecutes) {
  FleetRig rig;
  rig.at(0s, "create", create("a"), 0, CallFor{7, Role::buyer});
  rig.at(500ms, "again", create("a"), 0, CallFor{8, Role::vendor});
  rig.at(500ms, "close", CloseWallet(), 0);
  rig.at(500ms, "version", GetVersion(), 1);
  rig.run();
  EXPECT_THAT(rig.ledger.lines, ElementsAre("0ms #0 7/buyer create_wallet answered '' > 'a'",
                                            "500ms #1 get_version answered '' > ''",
                                            "2000ms #0 8/vendor create_wallet error -21 'a' > 'a'",
                                            "4000ms #0 close_wallet answered 'a' > ''"));
}

TEST(FleetLedger, HearsWhatHttpCarriesWithTheEscrowInTheId) {
  FleetRig rig;
  const auto post = [&](const char* body) { rig.fleet->post(0, body); };
  rig.at(0s, [&] {
    post(R"({"id":"7/arbiter","method":"get_version"})");
    post(R"({"id":"7/nobody","method":"get_version"})");
    post(R"({"id":7,"method":"get_version"})");
    post(R"({"id":"7\\/buyer","method":"get_version"})");
    post("nonsense");
    post(R"({"id":"7/buyer","method":"unheard_of"})");
  });
  rig.run();
  EXPECT_THAT(rig.ledger.lines, ElementsAre("0ms #0 7/arbiter get_version answered '' > ''",
                                            "1000ms #0 get_version answered '' > ''",
                                            "2000ms #0 get_version answered '' > ''",
                                            "3000ms #0 get_version answered '' > ''"));
}

TEST(FleetFaults, AreAskedBeforeAndAfter) {
  FleetRig rig;
  std::vector<std::string> asked;
  const auto note = [&](const CallAtSeat& call) {
    asked.push_back(to_string(*call.whom) + " '" + std::string(call.open_wallet) + "' " +
                    std::to_string(call.instance));
    return Verdict();
  };
  rig.faults.plan_before(0, note);
  rig.faults.plan_after(0, note);
  rig.at(0s, "create", create("a"), 1, CallFor{7, Role::buyer});
  rig.run();
  EXPECT_THAT(asked, ElementsAre("7/buyer '' 1", "7/buyer 'a' 1"));
  EXPECT_THAT(rig.told("create"), ElementsAre("2000ms answered"));
}

TEST(FleetFaults, ADelayedAnswerKeepsTheInstanceBusy) {
  FleetRig rig;
  rig.faults.plan_after(0, delay(5s));
  rig.at(0s, "slow", GetVersion());
  rig.at(1s, "behind it", GetVersion());
  rig.at(1s, "elsewhere", GetVersion(), 1);
  rig.run();
  EXPECT_THAT(rig.told("slow"), ElementsAre("6000ms answered"));
  EXPECT_THAT(rig.told("behind it"), ElementsAre("7000ms answered"));
  EXPECT_THAT(rig.told("elsewhere"), ElementsAre("2000ms answered"));
}

TEST(FleetFaults, ALostAnswerHasExecutedAndTakesItsTime) {
  for (const bool silent : {false, true}) {
    FleetRig rig;
    rig.faults.plan_after(0, drop(silent));
    rig.at(0s, "lost", create("a"));
    rig.at(1s, "behind it", GetVersion());
    rig.run();
    EXPECT_THAT(rig.told("lost"), ElementsAre(silent ? "2000ms silent" : "2000ms broken"));
    EXPECT_THAT(rig.told("behind it"), ElementsAre("3000ms answered"));
    EXPECT_THAT(rig.ledger.lines, ElementsAre("0ms #0 create_wallet answered '' > 'a'",
                                              "2000ms #0 get_version answered 'a' > 'a'"));
  }
}

TEST(FleetFaults, ADroppedCallNeverExecutesAndCostsNothing) {
  for (const bool silent : {false, true}) {
    FleetRig rig;
    rig.faults.plan_before(1, drop(silent));
    rig.at(0s, "before it", GetVersion());
    rig.at(500ms, "dropped", create("a"), 0, CallFor{7, Role::buyer});
    rig.at(500ms, "behind it", GetVersion());
    rig.run();
    EXPECT_THAT(rig.told("dropped"), ElementsAre(silent ? "1000ms silent" : "1000ms broken"));
    EXPECT_THAT(rig.told("behind it"), ElementsAre("2000ms answered"));
    EXPECT_THAT(rig.ledger.lines, ElementsAre("0ms #0 get_version answered '' > ''",
                                              "1000ms #0 7/buyer create_wallet dropped",
                                              "1000ms #0 get_version answered '' > ''"));
  }
}

TEST(FleetFaults, AnErrorIsAnsweredInsteadAndTakesWhatARefusalTakes) {
  FleetRig rig;
  rig.faults.plan_before(0, error(-7));
  rig.at(0s, "failed", create("a"));
  rig.run();
  EXPECT_THAT(rig.told("failed"), ElementsAre("1000ms error -7"));
  EXPECT_THAT(rig.ledger.lines, ElementsAre("0ms #0 create_wallet dropped"));
}

TEST(FleetFaults, MayKillBeforeTheCallExecutes) {
  FleetRig rig;
  rig.faults.plan_before(1, [&](const CallAtSeat& call) {
    rig.fleet->kill(call.instance);
    return Verdict();
  });
  rig.at(0s, "before it", create("a"));
  rig.at(1s, "deadly", CloseWallet());
  rig.at(1s, "queued", GetVersion());
  rig.at(3s, "too late", GetVersion());
  rig.run();
  EXPECT_THAT(rig.told("deadly"), ElementsAre("2000ms broken"));
  EXPECT_THAT(rig.told("queued"), ElementsAre("2000ms broken"));
  EXPECT_THAT(rig.told("too late"), ElementsAre("3000ms refused"));
  EXPECT_THAT(rig.ledger.lines,
              ElementsAre("0ms #0 create_wallet answered '' > 'a'", "2000ms #0 killed with 'a'",
                          "2000ms #0 close_wallet dropped", "2000ms #0 get_version dropped"));
}

TEST(FleetFaults, MayKillAfterTheCallExecutedAndStartAgainAtOnce) {
  FleetRig rig;
  rig.faults.plan_after(0, [&](const CallAtSeat& call) {
    rig.fleet->kill(call.instance);
    rig.fleet->start(call.instance);
    return delay(1h);
  });
  rig.at(0s, "deadly", create("a"));
  rig.at(500ms, "then", open_wallet("a"));
  rig.run();
  EXPECT_THAT(rig.told("deadly"), ElementsAre("0ms broken"));
  EXPECT_THAT(rig.told("then"), ElementsAre("1500ms answered"));
  EXPECT_THAT(rig.ledger.lines,
              ElementsAre("0ms #0 create_wallet answered '' > 'a'", "0ms #0 killed with 'a'",
                          "500ms #0 open_wallet answered '' > 'a'"));
}

}  // namespace
}  // namespace escrowstorm::mockrpc
