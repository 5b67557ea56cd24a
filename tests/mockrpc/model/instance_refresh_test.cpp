// What wallets see of the chain.
#include <gmock/gmock.h>
#include <gtest/gtest.h>

#include <variant>

#include "money_rig.hpp"
#include "rpc_errors.hpp"

namespace escrowstorm::mockrpc {
namespace {

using namespace walletrpc;
using rigs::MoneyRig;
using rigs::no_wallet;
using testing::ElementsAre;

TEST(Refresh, NeedsAWalletAndADaemon) {
  MoneyRig rig;
  EXPECT_EQ(rig.error(0, Refresh{}), no_wallet);
  rig.create(0, "w");
  SetDaemon elsewhere;
  elsewhere.address = "127.0.0.1:1";
  rig.ok(0, elsewhere);
  const RpcError none{error_code::no_daemon_connection, "no connection to daemon"};
  EXPECT_EQ(rig.error(0, Refresh{}), none);
  EXPECT_EQ(rig.error(0, RescanBlockchain{}), none);
  elsewhere.address = "http://localhost:18081";
  rig.ok(0, elsewhere);
  EXPECT_EQ(rig.ok(0, Refresh{}).blocks_fetched, 0u);
}

TEST(Refresh, OfflineFindsNothingAndDoesNotMind) {
  DlogKeyScheme keys;
  MemoryStorage storage;
  WalletHost host{&rigs::version_named("0.18.0.0"), Network::mainnet, &storage, &keys};
  host.offline = true;
  Instance instance(host, RandomStream(1));
  const auto answers = [&](const auto& request) {
    return std::holds_alternative<Answer>(instance.execute(request).outcome);
  };
  EXPECT_TRUE(answers(CreateWallet{"w", "", "English"}));
  EXPECT_TRUE(answers(Refresh{}));
  EXPECT_TRUE(answers(RescanBlockchain{}));
  SetDaemon daemon;
  daemon.address = "127.0.0.1:18081";
  EXPECT_TRUE(answers(daemon));
  EXPECT_TRUE(answers(Refresh{}));
}

TEST(Refresh, CountsTheBlocksThatANewWalletHasNotPassedOver) {
  for (const std::uint64_t before : {0, 1, 2, 3, 20}) {
    MoneyRig rig;
    rig.mine_to_nobody(before);
    rig.create(0, "w");
    EXPECT_EQ(rig.height(0), 1u);
    // Up to three blocks in all, the real one does not bother to ask for hashes first.
    EXPECT_EQ(rig.fetched(0), before < 3 ? before : 0u) << before;
    EXPECT_EQ(rig.height(0), before + 1);
    rig.mine_to_nobody(5);
    EXPECT_EQ(rig.fetched(0), 5u);
    EXPECT_EQ(rig.fetched(0), 0u);
  }
}

TEST(Refresh, PassesOverWhatIsBelowTheStartHeight) {
  MoneyRig rig;
  rig.create(0, "w");
  rig.mine_to(0, 62);
  EXPECT_EQ(rig.ok(0, Refresh{10}).blocks_fetched, 53u);
  EXPECT_EQ(rig.outputs(0).size(), 53u);
}

TEST(Refresh, FindsCoinbasesAndUnlocksThemAfterSixtyBlocks) {
  MoneyRig rig;
  rig.create(0, "w");
  rig.mine_to(0, 1);
  const auto first = rig.ok(0, Refresh{});
  EXPECT_EQ(first.blocks_fetched, 1u);
  EXPECT_TRUE(first.received_money);
  const std::uint64_t reward = rig.balance(0).balance.atomic();
  EXPECT_GT(reward, 0u);
  for (std::uint64_t left = 59; left > 0; --left) {
    EXPECT_EQ(rig.balance(0).blocks_to_unlock, left);
    EXPECT_EQ(rig.balance(0).unlocked_balance, Amount());
    rig.mine_to_nobody(1);
    EXPECT_FALSE(rig.ok(0, Refresh{}).received_money);
  }
  EXPECT_EQ(rig.balance(0).unlocked_balance.atomic(), reward);
  EXPECT_EQ(rig.balance(0).blocks_to_unlock, 0u);
}

TEST(Refresh, SeesAPaymentInThePoolThenInABlockAndUnlocksItAfterTen) {
  MoneyRig rig;
  rig.create(0, "w");
  rig.pay({{rig.point(0), 3}, {rig.point(0, 1), 5}});  // the second to an address not made yet
  rig.fetched(0);
  EXPECT_EQ(rig.balance(0).balance.atomic(), 8u);
  EXPECT_EQ(rig.balance(0).unlocked_balance, Amount());
  GetBalance strict;
  strict.strict = true;
  EXPECT_EQ(rig.ok(0, strict).balance, Amount());
  EXPECT_EQ(rig.ok(0, GetAddress{}).addresses.size(), 1u);

  rig.mine_to_nobody(1);
  rig.fetched(0);
  const auto balance = rig.balance(0);
  EXPECT_EQ(balance.balance.atomic(), 8u);
  EXPECT_EQ(balance.blocks_to_unlock, 9u);
  ASSERT_EQ(balance.per_subaddress.size(), 2u);
  EXPECT_EQ(balance.per_subaddress[1].balance.atomic(), 5u);
  EXPECT_EQ(balance.per_subaddress[1].num_unspent_outputs, 1u);
  const auto addresses = rig.ok(0, GetAddress{}).addresses;
  ASSERT_EQ(addresses.size(), 2u);
  EXPECT_TRUE(addresses[1].used);

  rig.mine_to_nobody(8);
  rig.fetched(0);
  EXPECT_EQ(rig.balance(0).unlocked_balance, Amount());
  rig.mine_to_nobody(1);
  rig.fetched(0);
  EXPECT_EQ(rig.balance(0).unlocked_balance.atomic(), 8u);
}

TEST(Refresh, ForgetsWhatLeavesThePoolForNoBlock) {
  MoneyRig rig;
  rig.create(0, "w");
  rig.pay({{rig.point(0), 3}});
  rig.fetched(0);
  EXPECT_EQ(rig.balance(0).balance.atomic(), 3u);
  rig.chain().flush_pool();
  rig.fetched(0);
  EXPECT_EQ(rig.balance(0).balance, Amount());
}

TEST(Refresh, NoticesAReorganisationByTheFirstBlockThatDiffers) {
  MoneyRig rig;
  rig.create(0, "w");
  rig.mine_to_nobody(3);
  rig.mine_to(0, 2);
  rig.fetched(0);
  const Amount two = rig.balance(0).balance;

  rig.chain().pop(2);
  EXPECT_EQ(rig.fetched(0), 0u);
  EXPECT_EQ(rig.height(0), 6u);
  EXPECT_EQ(rig.balance(0).balance, two);

  rig.mine_to_nobody(1);
  EXPECT_EQ(rig.fetched(0), 0u);  // the first one in the place of another does not count
  EXPECT_EQ(rig.height(0), 5u);
  EXPECT_EQ(rig.balance(0).balance, Amount());
  rig.mine_to(0, 3);
  EXPECT_EQ(rig.fetched(0), 3u);
  EXPECT_GT(rig.balance(0).balance, two);
}

TEST(Refresh, AReorganisationTakesAPaymentAwayAndANewBlockBringsItBack) {
  MoneyRig rig;
  rig.create(0, "w");
  rig.pay({{rig.point(0), 7}});
  rig.mine_to_nobody(1);
  rig.fetched(0);
  const auto before = rig.received(0);
  ASSERT_EQ(before.size(), 1u);

  rig.chain().pop(1);
  rig.chain().flush_pool();
  rig.mine_to_nobody(1);
  rig.fetched(0);
  EXPECT_TRUE(rig.received(0).empty());
  EXPECT_EQ(rig.balance(0).balance, Amount());

  rig.pay_again();
  rig.mine_to_nobody(1);
  rig.fetched(0);
  EXPECT_EQ(rig.balance(0).balance.atomic(), 7u);
  ASSERT_EQ(rig.received(0).size(), 1u);
  EXPECT_EQ(rig.received(0)[0].txid, before[0].txid);
}

TEST(Refresh, TakesAReorganisationOfAHundredBlocksAndNoMore) {
  for (const std::string version : {"0.18.0.0", "0.18.5.1"}) {
    MoneyRig rig(1, version);
    rig.create(0, "w");
    rig.mine_to(0, 160);
    rig.fetched(0);
    rig.chain().pop(100);
    rig.mine_to(0, 101);
    EXPECT_EQ(rig.fetched(0), 100u);
    rig.chain().pop(101);
    rig.mine_to_nobody(102);
    EXPECT_THAT(rig.error(0, Refresh{}).message,
                testing::StartsWith(version == "0.18.0.0" ? "proxy exception" : "reorg exceeds"));
  }
}
TEST(Refresh, WhatWasSeenSurvivesInTheCacheFile) {
  MoneyRig rig;
  rig.create(0, "w");
  rig.mine_to(0, 3);
  rig.pay({{rig.point(0), 7}});
  rig.mine_to_nobody(1);
  rig.fetched(0);
  const auto balance = rig.balance(0).balance;
  const std::uint64_t height = rig.height(0);
  rig.close(0);
  rig.kill(0);
  rig.open(0, "w");
  EXPECT_EQ(rig.height(0), height);
  EXPECT_EQ(rig.balance(0).balance, balance);
  EXPECT_EQ(rig.fetched(0), 0u);
  EXPECT_EQ(rig.balance(0).balance, balance);
}

TEST(Refresh, WhatWasSeenAndNotSavedIsLostAndFoundAgain) {
  MoneyRig rig;
  rig.create(0, "w");
  rig.mine_to(0, 3);
  rig.fetched(0);
  const auto balance = rig.balance(0).balance;
  rig.ok(0, CloseWallet{false});
  rig.open(0, "w");
  EXPECT_EQ(rig.height(0), 1u);
  EXPECT_EQ(rig.balance(0).balance, Amount());
  EXPECT_EQ(rig.fetched(0), 3u);
  EXPECT_EQ(rig.balance(0).balance, balance);
}

TEST(Refresh, AMultisigWalletSeesMoneyBeforeAnyImport) {
  MoneyRig rig(3);
  rig.set_up("m");
  EXPECT_FALSE(rig.balance(0).multisig_import_needed);
  rig.pay({{rig.point(0), 11}});
  rig.mine_to_nobody(10);
  for (std::size_t i = 0; i < 3; ++i) {
    rig.fetched(i);
    const auto balance = rig.balance(i);
    EXPECT_EQ(balance.balance.atomic(), 11u);
    EXPECT_EQ(balance.unlocked_balance.atomic(), 11u);
    EXPECT_TRUE(balance.multisig_import_needed);
    ASSERT_EQ(rig.outputs(i).size(), 1u);
    EXPECT_EQ(rig.outputs(i)[0].key_image, "");
  }
}

TEST(Refresh, MakingAWalletMultisigForgetsWhatItHad) {
  MoneyRig rig(3);
  const auto messages = rig.create_and_prepare("m");
  rig.mine_to(0, 2);
  rig.fetched(0);
  rig.ok(0, CreateAddress{0, 2, "label"});
  EXPECT_GT(rig.balance(0).balance, Amount());
  rig.make_all(messages);
  EXPECT_EQ(rig.balance(0).balance, Amount());
  EXPECT_EQ(rig.height(0), 1u);
  EXPECT_EQ(rig.ok(0, GetAddress{}).addresses.size(), 1u);
}

TEST(Rescan, FindsTheSameAgainAndHardForgetsLabels) {
  MoneyRig rig;
  rig.create(0, "w");
  rig.ok(0, CreateAddress{0, 1, "label"});
  rig.pay({{rig.point(0), 7}, {rig.point(0, 1), 5}});
  rig.mine_to_nobody(1);
  rig.fetched(0);
  for (const bool hard : {false, true}) {
    rig.ok(0, RescanBlockchain{hard});
    EXPECT_EQ(rig.balance(0).balance.atomic(), 12u);
    EXPECT_EQ(rig.received(0).size(), 2u);
    EXPECT_EQ(rig.ok(0, GetAddress{}).addresses[1].label, hard ? "" : "label");
  }
}

// Few blocks are searched output by output, all of the chain address by address.
TEST(Rescan, FindsWhatAWalletOfManyAddressesFoundInAFewBlocks) {
  MoneyRig rig;
  rig.create(0, "w");
  rig.pay({{rig.point(0), 1}});
  rig.mine_to_nobody(1);
  rig.fetched(0);
  rig.ok(0, CreateAddress{0, 30, "label"});
  rig.pay({{rig.point(0, 37), 2}, {rig.point(0, 7), 3}});  // 37: seen since 34 is
  rig.mine_to_nobody(1);
  rig.pay({{rig.point(0, 34), 5}, {rig.point(0, 60), 7}, {rig.point(0, 7), 11}});
  rig.mine_to_nobody(1);
  rig.fetched(0);
  const auto found = rig.outputs(0);
  EXPECT_EQ(rig.balance(0).balance.atomic(), 1u + 2 + 3 + 5 + 11);
  rig.ok(0, RescanBlockchain{false});
  const auto again = rig.outputs(0);
  ASSERT_EQ(found.size(), again.size());
  for (std::size_t i = 0; i < found.size(); ++i) {
    EXPECT_EQ(found[i].amount, again[i].amount);
    EXPECT_EQ(found[i].global_index, again[i].global_index);
    EXPECT_EQ(found[i].key_image, again[i].key_image);
    EXPECT_EQ(found[i].subaddr_index.minor, again[i].subaddr_index.minor);
  }
}

TEST(Refresh, AWalletOfManyAddressesSeesThePool) {
  MoneyRig rig;
  rig.create(0, "w");
  rig.ok(0, CreateAddress{0, 10, "label"});
  rig.pay({{rig.point(0, 14), 2}, {rig.point(0, 15), 3}});  // 14 is looked for, 15 is not
  rig.fetched(0);
  EXPECT_EQ(rig.balance(0).balance.atomic(), 2u);
}

TEST(Rescan, HardForgetsThatAMultisigWalletIsReadyUntilItIsOpenedAnew) {
  MoneyRig rig(3);
  rig.set_up("m");
  rig.ok(0, RescanBlockchain{false});
  EXPECT_TRUE(rig.is_multisig(0).ready);
  rig.ok(0, RescanBlockchain{true});
  EXPECT_FALSE(rig.is_multisig(0).ready);
  EXPECT_EQ(rig.error(0, ExportMultisigInfo{}).message,
            "This wallet is multisig, but not yet finalized");
  rig.close(0);
  rig.open(0, "m0");
  EXPECT_TRUE(rig.is_multisig(0).ready);
}

TEST(AutoRefresh, SaysWhetherAndHowOftenTheOpenWalletLooks) {
  MoneyRig rig;
  const Instance& instance = rig.instance(0);
  EXPECT_FALSE(instance.can_refresh());
  rig.create(0, "w");
  EXPECT_TRUE(instance.can_refresh());
  EXPECT_EQ(instance.auto_refresh_seconds(), 20u);
  rig.ok(0, AutoRefresh{true, 7});
  EXPECT_EQ(instance.auto_refresh_seconds(), 7u);
  rig.ok(0, AutoRefresh{false, 7});
  EXPECT_EQ(instance.auto_refresh_seconds(), 0u);
  rig.ok(0, AutoRefresh{});
  EXPECT_EQ(instance.auto_refresh_seconds(), 20u);
  SetDaemon elsewhere;
  elsewhere.address = "127.0.0.1:1";
  rig.ok(0, elsewhere);
  EXPECT_FALSE(instance.can_refresh());
}

}  // namespace
}  // namespace escrowstorm::mockrpc
