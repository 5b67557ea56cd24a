// What an import takes back of the chain, and finds again.
#include <gmock/gmock.h>
#include <gtest/gtest.h>

#include "escrow_rig.hpp"

namespace escrowstorm::mockrpc {
namespace {

using namespace walletrpc;
using rigs::EscrowRig;
using rigs::stranger;
using testing::Values;

class Reopened : public testing::TestWithParam<std::string_view> {
 protected:
  Reopened() : rig(GetParam()) { rig.mine(stranger, 10); }

  void reopen(std::size_t i) {
    const std::string name = "m" + std::to_string(i);
    rig.ok(i, CloseWallet{});
    rig.ok(i, OpenWallet{name, ""});
  }
  bool is_old() const { return GetParam() == "0.18.0.0"; }

  EscrowRig rig;
};
INSTANTIATE_TEST_SUITE_P(BothVersions, Reopened, Values("0.18.0.0", "0.18.5.1"),
                         [](const auto& version) { return version.index == 0 ? "Old" : "New"; });

TEST_P(Reopened, TheOldVersionLosesWhatItImportsUntilItIsRefreshed) {
  rig.fund(2);
  const std::uint64_t all = rig.balance(0);
  const std::string info = rig.info(1);
  reopen(0);
  EXPECT_EQ(rig.import(0, {info}), 2u);
  EXPECT_EQ(rig.balance(0), is_old() ? 0 : all);
  EXPECT_EQ(rig.import(0, {info}), is_old() ? 0 : 2u);
  const auto refreshed = rig.ok(0, Refresh{});
  EXPECT_EQ(refreshed.received_money, is_old());
  EXPECT_EQ(refreshed.blocks_fetched, is_old() ? 82u : 0u);
  EXPECT_EQ(rig.balance(0), all);
  EXPECT_EQ(rig.needs_import(0), is_old());
  rig.import(0, {rig.info(1)});
  EXPECT_FALSE(rig.needs_import(0));
}

TEST_P(Reopened, ARefreshBeforeTheImportLosesNothing) {
  rig.fund(1);
  reopen(0);
  rig.ok(0, Refresh{});
  EXPECT_EQ(rig.import(0, {rig.info(1)}), 1u);
  EXPECT_FALSE(rig.needs_import(0));
  EXPECT_GT(rig.balance(0), 0u);
}

// Nothing lies below it that the real one could lose its place in.
TEST(Import, AfterAnOpenKeepsADepositInTheSecondBlock) {
  EscrowRig rig("0.18.0.0");
  rig.fund(2);
  const std::uint64_t all = rig.balance(0);
  ASSERT_EQ(rig.chain().received(rigs::recipient_of(rig.address(0)), 0).front().height, 1u);
  rig.ok(0, CloseWallet{});
  rig.ok(0, OpenWallet{"m0", ""});
  EXPECT_EQ(rig.import(0, {rig.info(1)}), 2u);
  EXPECT_EQ(rig.balance(0), all);
  EXPECT_FALSE(rig.needs_import(0));
}

// There the real one finds its place again.
TEST_P(Reopened, NothingIsLostWhereThousandsOfBlocksAreKnown) {
  rig.fund(1);
  rig.import(0, {rig.info(1)});
  rig.mine(stranger, 1024);
  rig.refresh_all();
  const std::uint64_t all = rig.balance(0);
  rig.mine(rig.address(0), 1);
  rig.refresh_all();
  const std::string info = rig.info(1);
  reopen(0);
  EXPECT_EQ(rig.import(0, {info}), 2u);
  EXPECT_GT(rig.balance(0), all);
}

TEST(Import, TakesBackAsManyBlocksAsTheDepositHasConfirmations) {
  for (const std::size_t confirmations : {100, 140, 280, 400}) {
    EscrowRig rig;
    rig.mine(stranger, 149);
    rig.mine(rig.address(0), 1);
    rig.mine(stranger, confirmations);
    rig.refresh_all();
    EXPECT_EQ(rig.import(0, {rig.info(1)}), 1u) << confirmations;
    EXPECT_EQ(rig.ok(0, Refresh{}).blocks_fetched, 0u);
    EXPECT_FALSE(rig.needs_import(0));
  }
}

TEST(Import, HoldsForOutputsBelowAReorganisation) {
  EscrowRig rig;
  rig.fund(1);
  rig.sync();
  rig.mine(stranger, 15);
  rig.refresh_all();
  const std::string txset = rig.txset(0, rigs::xmr);
  rig.chain().pop(13);
  rig.mine(stranger, 14);
  rig.refresh_all();
  EXPECT_FALSE(rig.needs_import(1));
  EXPECT_THAT(rig.sign(1, txset).tx_hash_list, testing::SizeIs(1));
}

}  // namespace
}  // namespace escrowstorm::mockrpc
