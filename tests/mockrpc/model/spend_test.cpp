// Spending by an ordinary wallet: what transfer and its kin answer and leave behind.
#include <gmock/gmock.h>
#include <gtest/gtest.h>

#include <set>

#include "escrow_rig.hpp"
#include "mockrpc/keys/hex.hpp"
#include "rpc_errors.hpp"

namespace escrowstorm::mockrpc {
namespace {

using namespace walletrpc;
using rigs::EscrowRig;
using rigs::recipient_of;
using rigs::Rig;
using rigs::stranger;
using rigs::xmr;
using testing::IsEmpty;
using testing::SizeIs;

class Spend : public testing::TestWithParam<std::string_view> {
 protected:
  Spend() : rig(2, GetParam()) { rig.create(0, "a"); }

  void fund(std::size_t outputs, std::size_t more = 80) {
    for (std::size_t i = 0; i < outputs; ++i) rig.chain().mine(recipient_of(rig.address(0)));
    mine(more);
  }
  void mine(std::size_t blocks) {
    for (std::size_t i = 0; i < blocks; ++i) rig.chain().mine(recipient_of(stranger));
    rig.ok(0, Refresh{});
  }
  static Transfer paying(std::uint64_t units, const std::string& to = stranger) {
    return EscrowRig::paying(units, to);
  }
  std::uint64_t balance() { return rig.ok(0, GetBalance{}).balance.atomic(); }
  GetTransfers::Answer transfers() {
    GetTransfers request;
    request.in = request.out = request.pending = request.failed = request.pool = true;
    return rig.ok(0, request);
  }
  bool is_new() const { return GetParam() == "0.18.5.1"; }

  Rig rig;
};
INSTANTIATE_TEST_SUITE_P(BothVersions, Spend, testing::Values("0.18.0.0", "0.18.5.1"),
                         [](const auto& version) { return version.index == 0 ? "Old" : "New"; });

TEST_P(Spend, PaysAndRemembers) {
  fund(12);
  const std::uint64_t before = balance();
  Transfer request = paying(xmr);
  request.get_tx_key = request.get_tx_hex = request.get_tx_metadata = true;
  const auto sent = rig.ok(0, request);
  EXPECT_EQ(sent.weight, 2166u);
  EXPECT_EQ(sent.fee.atomic(), is_new() ? 2'599'200'000u : 2'605'200'000u);
  EXPECT_EQ(sent.tx_blob.size(), 2 * 2166u);
  EXPECT_EQ(sent.tx_key.size(), 64u);
  EXPECT_THAT(sent.amounts_by_dest.value.amounts, SizeIs(is_new() ? 1 : 0));
  EXPECT_EQ(sent.multisig_txset, "");
  EXPECT_GT(sent.spent_key_images.key_images.at(0), sent.spent_key_images.key_images.at(1));
  EXPECT_EQ(balance(), before - xmr - sent.fee.atomic());
  EXPECT_EQ(rig.ok(0, GetTxKey{sent.tx_hash}).tx_key, sent.tx_key);
  EXPECT_EQ(rig.ok(0, RelayTx{sent.tx_metadata}).tx_hash, sent.tx_hash);

  auto all = transfers();
  EXPECT_THAT(all.out, IsEmpty());
  ASSERT_THAT(all.pending, SizeIs(1));
  EXPECT_EQ(all.pending[0].txid, sent.tx_hash);
  EXPECT_EQ(all.pending[0].amount.atomic(), xmr);
  EXPECT_EQ(all.pending[0].destinations.at(0).address, stranger);
  mine(1);
  all = transfers();
  EXPECT_THAT(all.pending, IsEmpty());
  ASSERT_THAT(all.out, SizeIs(1));
  EXPECT_EQ(all.out[0].destinations.at(0).amount.atomic(), xmr);
  EXPECT_EQ(balance(), before - xmr - sent.fee.atomic());
}

TEST_P(Spend, KeepsBackWhatIsNotToBeRelayed) {
  fund(12);
  const std::uint64_t before = balance();
  Transfer request = paying(xmr);
  request.do_not_relay = request.get_tx_metadata = true;
  const auto kept = rig.ok(0, request);
  EXPECT_EQ(balance(), before);
  EXPECT_EQ(rig.chain().pool_size(), 0u);
  EXPECT_EQ(rig.error(0, GetTxKey{kept.tx_hash}),
            (RpcError{error_code::no_tx_key, "No tx secret key is stored for this tx"}));
  EXPECT_EQ(rig.error(0, GetTxKey{"x"}),
            (RpcError{error_code::wrong_txid, "TX ID has invalid format"}));
  EXPECT_EQ(rig.ok(0, RelayTx{kept.tx_metadata}).tx_hash, kept.tx_hash);
  EXPECT_EQ(rig.chain().pool_size(), 1u);
  EXPECT_EQ(balance(), before - xmr - kept.fee.atomic());

  EXPECT_EQ(rig.error(0, RelayTx{"zz"}), (RpcError{error_code::bad_hex, "Failed to parse hex."}));
  EXPECT_EQ(rig.error(0, RelayTx{"00"}),
            (RpcError{error_code::bad_tx_metadata, "Failed to parse tx metadata."}));
}

TEST_P(Spend, HidesTheChangeAmongTheOutputs) {
  fund(12);
  std::set<std::size_t> places;
  for (int i = 0; i < 10; ++i) {
    const auto sent = rig.ok(0, paying(xmr));
    const auto waiting = rig.chain().pool().back().transaction;
    ASSERT_THAT(waiting->outputs, SizeIs(2));
    places.insert(waiting->outputs[0].amount == Amount::from_atomic(xmr) ? 1u : 0u);
  }
  EXPECT_THAT(places, SizeIs(2));
}

TEST_P(Spend, ScanTakesWhatWasPaidBeforeWhatSpendsIt) {
  fund(1);
  const std::string paid = to_hex(view_of(rig.chain().block(1).coinbase->hash));
  const auto sent = rig.ok(0, paying(xmr));
  mine(1);
  RestoreDeterministicWallet request;
  request.filename = "again";
  request.seed = rig.ok(0, QueryKey{"mnemonic"}).key;
  request.restore_height = rig.chain().height();
  rig.ok(1, request);
  rig.ok(1, ScanTx{{sent.tx_hash, paid}});
  EXPECT_EQ(rig.ok(1, GetBalance{}).balance.atomic(), balance());
}

TEST_P(Spend, GoesOnWithWhatIsLeftInManyTransactions) {
  fund(12);
  std::uint64_t left = balance();
  for (int i = 0; i < 5; ++i) {
    const auto sent = rig.ok(0, paying(3 * xmr));
    left -= 3 * xmr + sent.fee.atomic();
    EXPECT_EQ(balance(), left);
  }
  mine(1);
  EXPECT_EQ(balance(), left);
}

TEST_P(Spend, SweepsAllOrOne) {
  fund(12);
  IncomingTransfers available;
  available.transfer_type = "available";
  const auto coins = rig.ok(0, available).transfers;
  const std::uint64_t before = balance();
  SweepSingle single;
  single.address = stranger;
  single.key_image = coins.at(3).key_image;
  const auto one = rig.ok(0, single);
  EXPECT_EQ(one.amount.atomic() + one.fee.atomic(), coins.at(3).amount.atomic());
  EXPECT_EQ(one.fee.atomic(), 1'808'400'000u);
  EXPECT_EQ(balance(), before - coins.at(3).amount.atomic());
  EXPECT_EQ(rig.error(0, single), rigs::unknown("No outputs found"));
  single.key_image = "00";
  EXPECT_EQ(rig.error(0, single),
            (RpcError{error_code::wrong_key_image, "failed to parse key image"}));

  SweepAll all;
  all.address = stranger;
  rig.ok(0, all);
  EXPECT_EQ(balance(), 0u);
  EXPECT_EQ(rig.error(0, all), (RpcError{error_code::generic_transfer_error,
                                         "No unlocked balance in the specified account"}));
  all.outputs = 0;
  EXPECT_EQ(rig.error(0, all),
            (RpcError{error_code::tx_not_possible, "Amount of outputs should be greater than 0."}));
  EXPECT_THAT(rig.ok(0, SweepDust{}).tx_hash_list, IsEmpty());
}

TEST_P(Spend, SaysWhyNot) {
  const auto error = [&](const Transfer& request) { return rig.error(0, request); };
  EXPECT_EQ(rig.error(1, paying(1)), rigs::no_wallet);
  EXPECT_EQ(error(paying(xmr)), (RpcError{error_code::not_enough_money, "not enough money"}));
  EXPECT_EQ(error(Transfer{}),
            (RpcError{error_code::zero_destination, "Transaction has no destination"}));
  EXPECT_EQ(error(paying(0)), (RpcError{error_code::zero_amount, "destination amount is zero"}));
  EXPECT_EQ(error(paying(1, "x")),
            (RpcError{error_code::wrong_address, "WALLET_RPC_ERROR_CODE_WRONG_ADDRESS: x"}));
  Transfer with_id = paying(1);
  with_id.payment_id = "1234567890abcdef";
  EXPECT_EQ(error(with_id).code, error_code::wrong_payment_id);

  rig.chain().mine(recipient_of(rig.address(0)));
  mine(1);
  EXPECT_EQ(error(paying(xmr)),
            (RpcError{error_code::not_enough_unlocked_money, "not enough unlocked money"}));
  mine(80);
  Transfer locked = paying(xmr);
  locked.unlock_time = 500;
  if (is_new())
    EXPECT_EQ(error(locked), (RpcError{error_code::nonzero_unlock_time,
                                       "Transaction cannot have non-zero unlock time"}));
  else
    EXPECT_EQ(rig.ok(0, locked).weight, 1508u);
}

// The recorded life of an escrow spends on a chain of 73 blocks.
TEST_P(Spend, MakesDoWithASmallerRing) {
  fund(3, 70);
  ASSERT_LT(rig.chain().spendable_outputs(), 16u);
  const auto sent = rig.ok(0, paying(xmr));
  EXPECT_EQ(sent.weight, 1507u);
  EXPECT_EQ(rig.chain().pool_size(), 1u);
}

TEST_P(Spend, RefusesASmallerRingWhenToldTo) {
  rig.ok(0, CloseWallet{});
  rig.enforce_ring_size = true;
  rig.kill(0);
  rig.open(0, "a");
  rig.chain().mine(recipient_of(rig.address(0)));
  mine(73);
  ASSERT_EQ(rig.chain().spendable_outputs(), 15u);
  EXPECT_EQ(rig.error(0, paying(xmr)),
            (RpcError{error_code::not_enough_outs_to_mix,
                      "not enough outputs to use Please use sweep_dust."}));
  mine(1);
  EXPECT_EQ(rig.ok(0, paying(xmr)).weight, 1507u);
}

TEST_P(Spend, TooManyPayeesAreForTransferSplit) {
  fund(12);
  Transfer request;
  TransferSplit split;
  for (int i = 0; i < 20; ++i) request.destinations.push_back({stranger, Amount::from_atomic(xmr)});
  split.destinations = request.destinations;
  EXPECT_EQ(rig.error(0, request),
            (RpcError{error_code::tx_too_large,
                      "Transaction would be too large.  try /transfer_split."}));
  const std::uint64_t before = balance();
  const auto sent = rig.ok(0, split);
  ASSERT_THAT(sent.tx_hash_list, SizeIs(2));
  EXPECT_EQ(balance(), before - 20 * xmr - sent.fee_list[0].atomic() - sent.fee_list[1].atomic());
}

}  // namespace
}  // namespace escrowstorm::mockrpc
