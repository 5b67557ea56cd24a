// Each nonce signs once: what makes a signature impossible, and what heals it.
#include <gmock/gmock.h>
#include <gtest/gtest.h>

#include "escrow_rig.hpp"
#include "rpc_errors.hpp"

namespace escrowstorm::mockrpc {
namespace {

using namespace walletrpc;
using rigs::EscrowRig;
using rigs::Messages;
using rigs::stranger;
using rigs::xmr;
using testing::SizeIs;

RpcError sign_failed(const std::string& text) {
  return {error_code::multisig_signature, "Failed to sign multisig tx: " + text};
}

const RpcError stale = sign_failed(
    "This signature was made with stale data: export fresh multisig data, which other "
    "participants must then use");

class Nonces : public testing::TestWithParam<std::string_view> {
 protected:
  Nonces() : rig(GetParam()) {
    rig.fund(2);
    rig.sync();
  }

  EscrowRig rig;
};
INSTANTIATE_TEST_SUITE_P(BothVersions, Nonces, testing::Values("0.18.0.0", "0.18.5.1"),
                         [](const auto& version) { return version.index == 0 ? "Old" : "New"; });

TEST_P(Nonces, AreThrownAwayByTheNextExport) {
  const std::string txset = rig.txset(0, xmr);
  rig.info(1);  // a balance check, say
  EXPECT_EQ(rig.sign_error(1, txset), stale);
  // Who did not export can still sign.
  EXPECT_THAT(rig.sign(2, txset).tx_hash_list, SizeIs(1));
}

TEST_P(Nonces, AreUsedUpByASignature) {
  const std::string txset = rig.txset(0, xmr);
  rig.sign(1, txset);
  EXPECT_EQ(rig.sign_error(1, txset), stale);
}

TEST_P(Nonces, SufficeForOneOfTwoTransfersFromOneSync) {
  const std::string first = rig.txset(0, xmr);
  const std::string second = rig.txset(0, 2 * xmr);
  rig.sign(1, first);
  EXPECT_EQ(rig.sign_error(1, second), stale);
  EXPECT_THAT(rig.sign(2, second).tx_hash_list, SizeIs(1));
}

// Making a transfer uses up the maker's own: others can't count on them.
TEST_P(Nonces, OfTheCreatorAreGoneWithItsTransfer) {
  const std::string mine = rig.txset(0, xmr);
  const std::string theirs = rig.txset(1, xmr);
  EXPECT_EQ(rig.sign_error(0, theirs), stale);
  EXPECT_EQ(rig.sign_error(1, mine), stale);
  EXPECT_THAT(rig.sign(2, mine).tx_hash_list, SizeIs(1));
}

TEST_P(Nonces, AreMissingForWhomTheCreatorHasNoInfoOf) {
  Messages infos{rig.info(0), rig.info(1)};
  rig.import(0, {infos[1]});
  rig.import(1, {infos[0]});
  const std::string txset = rig.txset(0, xmr);
  EXPECT_EQ(rig.sign_error(2, txset), stale);
  EXPECT_THAT(rig.sign(1, txset).tx_hash_list, SizeIs(1));
}

TEST_P(Nonces, AreHealedByASync) {
  const std::string txset = rig.txset(0, xmr);
  rig.info(1);
  EXPECT_EQ(rig.sign_error(1, txset), stale);
  rig.sync();
  EXPECT_EQ(rig.sign_error(1, txset), stale);
  EXPECT_THAT(rig.sign(1, rig.txset(0, xmr)).tx_hash_list, SizeIs(1));
}

TEST_P(Nonces, AreNotAskedForOfWhomeverSignedOrNeedNot) {
  const std::string txset = rig.txset(0, xmr);
  EXPECT_EQ(rig.sign_error(0, txset),
            sign_failed("Transaction already signed by this private key"));
  const auto done = rig.sign(1, txset);
  EXPECT_EQ(rig.sign_error(2, done.tx_data_hex),
            sign_failed("Transaction is already fully signed"));
}

TEST_P(Nonces, SurviveCloseAndOpen) {
  const std::string txset = rig.txset(0, xmr);
  rig.close(1);
  rig.open(1, "m1");
  const auto done = rig.sign(1, txset);
  rig.close(1);
  rig.open(1, "m1");
  EXPECT_EQ(rig.submit(1, done.tx_data_hex), done.tx_hash_list);
  EXPECT_EQ(rig.sign_error(1, txset), stale);
}

// 0.18.5.1 writes the cache file before a txset leaves the wallet. Before, a process that was
// killed had its nonces back.
TEST_P(Nonces, StayUsedUpWhenTheProcessIsKilled) {
  for (std::size_t i = 0; i < 3; ++i) rig.ok(i, Store{});
  const std::string txset = rig.txset(0, xmr);
  rig.sign(1, txset);
  rig.kill(1);
  rig.open(1, "m1");
  if (GetParam() == "0.18.5.1")
    EXPECT_EQ(rig.sign_error(1, txset), stale);
  else
    EXPECT_THAT(rig.sign(1, txset).tx_hash_list, SizeIs(1));
}

TEST_P(Nonces, OfNewOutputsComeWithTheNextSync) {
  rig.mine(rig.address(0), 1);
  rig.mine(stranger, 61);
  rig.refresh_all();
  EXPECT_TRUE(rig.needs_import(0));
  // What was synced before can be spent, the new output can't.
  const std::uint64_t all = rig.unlocked(0);
  EXPECT_EQ(rig.error(0, EscrowRig::paying(all - xmr)).code, error_code::tx_not_possible);
  rig.sync();
  EXPECT_THAT(rig.sign(1, rig.txset(0, all - xmr)).tx_hash_list, SizeIs(1));
}

}  // namespace
}  // namespace escrowstorm::mockrpc
