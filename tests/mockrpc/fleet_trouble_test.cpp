// What a fleet's control does besides killing, as calls see it, in virtual time.
#include <gmock/gmock.h>
#include <gtest/gtest.h>

#include "mockrpc/chain/reorganise.hpp"
#include "tests/mockrpc/fleet_rig.hpp"

namespace escrowstorm::mockrpc {
namespace {

using namespace std::chrono_literals;
using testing::ElementsAre;
using testing::IsEmpty;
using namespace walletrpc;

MakeMultisig make_of(const std::string& message) {
  MakeMultisig make;
  make.multisig_info = {message};
  make.threshold = 2;
  return make;
}

// A multisig wallet "a" on instance 0, from 10 s on.
void make_multisig_wallet(FleetRig& rig) {
  rig.at(0s, "b", create("b"), 1);
  rig.at(0s, "a", create("a"), 0);
  rig.at(5s, "message", PrepareMultisig{.enable_multisig_experimental = true}, 1);
  rig.at(7s, [&rig] { rig.at(7s, "make", make_of(rig.kex_message("message")), 0); });
}

TEST(FleetTrouble, APollutedInstanceAnswersForTheClosedWalletUntilItIsCured) {
  FleetRig rig;
  make_multisig_wallet(rig);
  rig.at(10s, [&] { EXPECT_TRUE(rig.fleet->pollute(0)); });
  rig.at(10s, "close", CloseWallet());
  rig.at(12s, "empty slot", IsMultisig());
  rig.at(14s, "create", create("fresh"));
  rig.at(18s, "asked", IsMultisig());
  rig.at(20s, "prepare", PrepareMultisig{.enable_multisig_experimental = true});
  rig.at(30s, [&] { rig.fleet->cure(0); });
  rig.at(31s, "asked cured", IsMultisig());
  rig.at(33s, "prepare cured", PrepareMultisig{.enable_multisig_experimental = true});
  rig.run();
  EXPECT_THAT(rig.told("make"), ElementsAre("8000ms answered"));
  EXPECT_TRUE(rig.is_multisig("empty slot"));
  EXPECT_TRUE(rig.is_multisig("asked"));
  EXPECT_THAT(rig.told("prepare"), ElementsAre("21000ms error -28"));
  EXPECT_FALSE(rig.is_multisig("asked cured"));
  EXPECT_THAT(rig.told("prepare cured"), ElementsAre("34000ms answered"));
}

TEST(FleetTrouble, OnlyAMultisigWalletPollutesAndDeathCures) {
  FleetRig rig;
  make_multisig_wallet(rig);
  rig.at(9s, [&] {
    EXPECT_FALSE(rig.fleet->pollute(1));
    EXPECT_TRUE(rig.fleet->pollute(0));
    rig.fleet->kill(0);
    rig.fleet->start(0);
  });
  rig.at(10s, "empty slot", IsMultisig());
  rig.run();
  EXPECT_THAT(rig.told("empty slot"), ElementsAre("11000ms error -13"));
}

TEST(FleetTrouble, AFullDiskKeepsWhatWasSavedBefore) {
  FleetRig rig;
  rig.at(0s, "create", create("a"));
  rig.at(3s, [&] { rig.fleet->set_disk_full(0, true); });
  rig.at(3s, "store", Store());
  rig.at(5s, "elsewhere", create("b"), 1);
  rig.at(8s, "create more", create("c"));
  rig.at(11s, [&] { rig.fleet->set_disk_full(0, false); });
  rig.at(11s, "store again", Store());
  rig.run();
  EXPECT_THAT(rig.told("store"), ElementsAre("4000ms error -1"));
  EXPECT_THAT(rig.told("elsewhere"), ElementsAre("7000ms answered"));
  EXPECT_THAT(rig.told("create more"), ElementsAre("10000ms error -1"));
  EXPECT_THAT(rig.told("store again"), ElementsAre("12000ms answered"));
}

TEST(FleetTrouble, AnotherProgramKeepsAFileFromBeingOpened) {
  FleetRig rig;
  rig.at(0s, "create", create("a"));
  rig.at(3s, [&] {
    EXPECT_FALSE(rig.fleet->lock_file("a"));  // it is open
    EXPECT_FALSE(rig.fleet->lock_file("none"));
  });
  rig.at(4s, "close", CloseWallet());
  rig.at(6s, [&] { EXPECT_TRUE(rig.fleet->lock_file("a")); });
  rig.at(6s, "open", open_wallet("a"), 1);
  rig.at(9s, [&] { rig.fleet->unlock_file("a"); });
  rig.at(9s, "open again", open_wallet("a"), 1);
  rig.run();
  EXPECT_EQ(rig.error("open").message,
            "Failed to open wallet : internal error: \"/wallets/a.keys\" is opened by another "
            "wallet program");
  EXPECT_THAT(rig.told("open again"), ElementsAre("10000ms answered"));
}

TEST(FleetTrouble, DamageAndLossOfFilesAreMetByTheNextOpen) {
  FleetRig rig;
  for (const char* name : {"a", "b", "c"}) {
    rig.at(0s, "create", create(name));
  }
  rig.at(8s, "close", CloseWallet());
  rig.at(10s, [&] {
    EXPECT_TRUE(rig.fleet->damage_file("a", WalletFile::keys));
    EXPECT_TRUE(rig.fleet->damage_file("b", WalletFile::cache));
    EXPECT_TRUE(rig.fleet->remove_file("c", WalletFile::keys));
    EXPECT_FALSE(rig.fleet->damage_file("none", WalletFile::keys));
    EXPECT_FALSE(rig.fleet->remove_file("c", WalletFile::keys));
  });
  rig.at(10s, "a", open_wallet("a"));
  rig.at(12s, "b", open_wallet("b"));
  rig.at(14s, "c", open_wallet("c"));
  rig.run();
  EXPECT_EQ(rig.error("a").message, "Failed to open wallet : Invalid password.");
  EXPECT_EQ(rig.error("b").message, "Failed to open wallet : basic_string::_M_replace_aux");
  EXPECT_EQ(rig.error("c").message, "Failed to open wallet : file not found \"/wallets/c.keys\"");
}

TEST(FleetTrouble, ADaemonThatIsDownIsMissedAndWalletsLookAgainWhenItIsBack) {
  FleetRig rig(true);
  rig.at(0s, "create", create("a"));
  rig.at(3s, [&] { rig.fleet->set_daemon_up(false); });
  rig.at(3s, "refresh", Refresh());
  rig.at(5s, "works", Store());
  rig.at(50s, "idle", GetVersion());  // no refresh of its own before it
  rig.at(60s, [&] { rig.fleet->set_daemon_up(true); });
  rig.at(61s, "busy", GetVersion());         // it looks as soon as it can
  rig.at(62s, [&] { rig.fleet->kill(0); });  // or it would go on for ever
  rig.run();
  EXPECT_THAT(rig.told("refresh"), ElementsAre("4000ms error -38"));
  EXPECT_THAT(rig.told("works"), ElementsAre("6000ms answered"));
  EXPECT_THAT(rig.told("idle"), ElementsAre("51000ms answered"));
  EXPECT_THAT(rig.told("busy"), ElementsAre("62000ms broken"));
}

TEST(FleetTrouble, ADaemonThatIsBehindLacksTheLastBlocks) {
  FleetRig rig(true);
  rig.at(0s, "create", create("a"));
  rig.at(3s, [&] {
    for (int i = 0; i < 10; ++i) rig.chain.mine(CurvePoint());
    rig.fleet->set_daemon_behind(4);
  });
  rig.at(3s, "behind", Refresh());
  rig.at(7s, "nothing new", Refresh());
  rig.at(11s, [&] { rig.fleet->set_daemon_behind(0); });
  rig.at(11s, "caught up", Refresh());
  rig.at(16s, [&] { rig.fleet->kill(0); });
  rig.run();
  EXPECT_EQ(rig.blocks_fetched("behind"), 6u);
  EXPECT_EQ(rig.blocks_fetched("nothing new"), 0u);
  EXPECT_EQ(rig.blocks_fetched("caught up"), 4u);
}

TEST(FleetTrouble, AfterAReorganisationWalletsFetchTheOtherBlocks) {
  FleetRig rig(true);
  rig.at(0s, "create", create("a"));
  BlockMark before;
  rig.at(3s, [&] {
    for (int i = 0; i < 10; ++i) rig.chain.mine(CurvePoint());
    before = {rig.chain.height() - 1, rig.chain.top().hash};
  });
  rig.at(3s, "refresh", Refresh());
  rig.at(7s, [&] {
    reorganise(rig.chain, 3);
    EXPECT_EQ(rig.chain.height(), before.height + 2);
    EXPECT_EQ(rig.chain.common_height(before), before.height - 3);
  });
  rig.at(7s, "again", Refresh());
  rig.at(12s, [&] { rig.fleet->kill(0); });
  rig.run();
  EXPECT_EQ(rig.blocks_fetched("refresh"), 10u);
  EXPECT_EQ(rig.blocks_fetched("again"), 3u);  // the first in the place of another does not count
}

TEST(FleetTrouble, ARefreshOutOfTurnKeepsCallsWaiting) {
  FleetRig rig(true);
  rig.at(0s, "create", create("a"));
  rig.at(3s, [&] {
    EXPECT_TRUE(rig.fleet->refresh(0, 10s));
    EXPECT_FALSE(rig.fleet->refresh(0, 10s));  // it is at it
    EXPECT_FALSE(rig.fleet->refresh(1, 10s));  // no wallet
  });
  rig.at(4s, "behind it", GetVersion());
  rig.at(18s, [&] { rig.fleet->kill(0); });
  rig.run();
  EXPECT_THAT(rig.told("behind it"), ElementsAre("17000ms answered"));
}

TEST(FleetTrouble, AShutPortRefusesWhoComesAndKeepsWhoIsThere) {
  FleetRig rig;
  rig.at(0s, "at work", create("a"));
  rig.at(0s, "in the queue", Store());
  rig.at(1s, [&] { rig.fleet->shut_port(0); });
  rig.at(2s, "refused", GetVersion());
  rig.at(2s, "elsewhere", GetVersion(), 1);
  rig.at(2s, "the file", open_wallet("a"), 1);  // behind it
  rig.at(9s, [&] { EXPECT_EQ(rig.fleet->open_port(0), std::nullopt); });
  rig.at(9s, "as before", Store());
  rig.run();
  EXPECT_THAT(rig.told("at work"), ElementsAre("2000ms answered"));
  EXPECT_THAT(rig.told("in the queue"), ElementsAre("3000ms answered"));
  EXPECT_THAT(rig.told("refused"), ElementsAre("2000ms refused"));
  EXPECT_THAT(rig.told("elsewhere"), ElementsAre("3000ms answered"));
  EXPECT_THAT(rig.told("the file"), ElementsAre("4000ms error -1")) << "it is open all the time";
  EXPECT_THAT(rig.told("as before"), ElementsAre("10000ms answered"));
}

TEST(FleetTrouble, AShutPortIsNotOpenedByANewProcess) {
  FleetRig rig;
  rig.at(0s, [&] {
    rig.fleet->shut_port(0);
    rig.fleet->kill(0);
    rig.fleet->start(0);
  });
  rig.at(1s, "shut", GetVersion());
  rig.at(2s, [&] {
    rig.fleet->kill(0);
    EXPECT_EQ(rig.fleet->open_port(0), std::nullopt);
  });
  rig.at(3s, "dead", GetVersion());
  rig.at(4s, [&] { rig.fleet->start(0); });
  rig.at(5s, "open", GetVersion());
  rig.run();
  EXPECT_THAT(rig.told("shut"), ElementsAre("1000ms refused"));
  EXPECT_THAT(rig.told("dead"), ElementsAre("3000ms refused"));
  EXPECT_THAT(rig.told("open"), ElementsAre("6000ms answered"));
}

}  // namespace
}  // namespace escrowstorm::mockrpc
