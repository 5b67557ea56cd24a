// The money of an escrow from its deposit to its end, as the real one was seen to handle it.
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
using testing::IsEmpty;
using testing::SizeIs;
using testing::StartsWith;

constexpr std::uint64_t fee_of_one_input = 1'808'400'000;  // 0.18.0.0, and the newer one too

class EscrowLife : public testing::TestWithParam<std::string_view> {};
INSTANTIATE_TEST_SUITE_P(BothVersions, EscrowLife, testing::Values("0.18.0.0", "0.18.5.1"),
                         [](const auto& version) { return version.index == 0 ? "Old" : "New"; });

TEST_P(EscrowLife, IsFundedReleasedAndRemembered) {
  EscrowRig rig(GetParam());
  rig.fund(1);
  const std::uint64_t deposit = rig.balance(0);
  EXPECT_EQ(rig.unlocked(0), deposit);
  EXPECT_TRUE(rig.needs_import(0));
  EXPECT_EQ(rig.error(0, EscrowRig::paying(xmr)),
            (RpcError{error_code::tx_not_possible, "No transaction created"}));

  rig.sync();
  EXPECT_FALSE(rig.needs_import(0));
  const auto made = rig.ok(0, EscrowRig::paying(xmr));
  EXPECT_EQ(rig.last_cost, "transfer");
  EXPECT_EQ(made.amount, Amount::from_atomic(xmr));
  EXPECT_EQ(made.fee.atomic(), fee_of_one_input);
  EXPECT_EQ(made.weight, 1507u);
  EXPECT_EQ(made.tx_hash, "");
  EXPECT_THAT(made.spent_key_images.key_images, SizeIs(1));
  EXPECT_THAT(made.multisig_txset, StartsWith("4d6f6e65726f206d756c746973696720756e7369676e6564"));
  EXPECT_NEAR(static_cast<double>(made.multisig_txset.size()), 9370, 40);
  // Nothing is spent yet, for nobody.
  for (std::size_t i = 0; i < 3; ++i) EXPECT_EQ(rig.unlocked(i), deposit);

  EXPECT_EQ(
      rig.error(0, SubmitMultisig{made.multisig_txset}),
      (RpcError{error_code::threshold_not_reached, "Not enough signers signed this transaction."}));
  const auto signed_set = rig.sign(1, made.multisig_txset);
  ASSERT_THAT(signed_set.tx_hash_list, SizeIs(1));
  const auto hashes = rig.submit(1, signed_set.tx_data_hex);
  EXPECT_EQ(hashes, signed_set.tx_hash_list);
  EXPECT_EQ(rig.submit(1, signed_set.tx_data_hex), hashes);

  const std::uint64_t rest = deposit - xmr - fee_of_one_input;
  EXPECT_EQ(rig.balance(1), rest);
  EXPECT_EQ(rig.unlocked(1), 0u);
  EXPECT_THAT(rig.transfers(1).pending, SizeIs(1));
  EXPECT_EQ(rig.balance(2), deposit);

  rig.mine(stranger, 1);
  rig.refresh_all();
  for (std::size_t i = 0; i < 3; ++i) {
    EXPECT_EQ(rig.balance(i), rest) << i;
    EXPECT_TRUE(rig.needs_import(i));
    const auto all = rig.transfers(i);
    ASSERT_THAT(all.out, SizeIs(1)) << i;
    EXPECT_THAT(all.pending, IsEmpty());
    EXPECT_EQ(all.out[0].txid, hashes[0]);
    EXPECT_EQ(all.out[0].amount, Amount::from_atomic(xmr));
    EXPECT_EQ(all.out[0].fee.atomic(), fee_of_one_input);
  }
  rig.mine(stranger, 10);
  rig.refresh_all();
  EXPECT_EQ(rig.unlocked(2), rest);
}

TEST_P(EscrowLife, CanBeRefundedToTheLastUnit) {
  EscrowRig rig(GetParam());
  rig.fund(3);
  rig.sync();
  const std::uint64_t deposit = rig.balance(0);
  SweepAll sweep;
  sweep.address = stranger;
  const auto made = rig.ok(2, sweep);
  ASSERT_THAT(made.amount_list, SizeIs(1));
  EXPECT_EQ(made.amount_list[0].atomic() + made.fee_list[0].atomic(), deposit);
  const auto signed_set = rig.sign(0, made.multisig_txset);
  rig.submit(1, signed_set.tx_data_hex);
  rig.mine(stranger, 1);
  rig.refresh_all();
  for (std::size_t i = 0; i < 3; ++i) EXPECT_EQ(rig.balance(i), 0u);
}

// Two parties release at once: one of the two goes through.
TEST_P(EscrowLife, IsSpentOnce) {
  EscrowRig rig(GetParam());
  rig.fund(1);
  rig.sync();
  const std::string txset = rig.txset(0, xmr);
  const auto first = rig.sign(1, txset);
  const auto second = rig.sign(2, txset);
  EXPECT_NE(first.tx_hash_list, second.tx_hash_list);
  rig.submit(1, first.tx_data_hex);
  EXPECT_EQ(rig.error(2, SubmitMultisig{second.tx_data_hex}),
            (RpcError{error_code::multisig_submission,
                      "Failed to submit multisig tx: transaction was rejected by daemon"}));
  EXPECT_EQ(rig.submit(2, first.tx_data_hex), first.tx_hash_list);
}

// The blocks that held it are gone, and it waits for another.
TEST_P(EscrowLife, SurvivesAReorganisation) {
  EscrowRig rig(GetParam());
  rig.fund(1);
  rig.sync();
  const auto signed_set = rig.sign(1, rig.txset(0, xmr));
  rig.submit(1, signed_set.tx_data_hex);
  rig.mine(stranger, 2);
  rig.refresh_all();
  const std::uint64_t rest = rig.balance(0);
  rig.chain().pop(2);
  rig.chain().flush_pool();
  rig.mine(stranger, 4);
  rig.refresh_all();
  EXPECT_GT(rig.balance(0), rest);
  EXPECT_THAT(rig.transfers(0).out, IsEmpty());
  // It can be sent again as it is.
  rig.submit(2, signed_set.tx_data_hex);
  rig.mine(stranger, 1);
  rig.refresh_all();
  for (std::size_t i = 0; i < 3; ++i) EXPECT_EQ(rig.balance(i), rest);
}

// Seen on 0.18.0.0: the change counts twice until the next block.
TEST_P(EscrowLife, CountsTwiceWhatIsSubmittedAfterItsBlock) {
  EscrowRig rig(GetParam());
  rig.fund(1);
  rig.sync();
  const std::uint64_t deposit = rig.balance(0);
  const auto signed_set = rig.sign(1, rig.txset(0, xmr));
  rig.submit(1, signed_set.tx_data_hex);
  rig.mine(stranger, 1);
  rig.refresh_all();
  const std::uint64_t rest = deposit - xmr - fee_of_one_input;
  EXPECT_EQ(rig.submit(1, signed_set.tx_data_hex), signed_set.tx_hash_list);
  EXPECT_EQ(rig.balance(1), 2 * rest);
  EXPECT_THAT(rig.transfers(1).out, SizeIs(1));
  EXPECT_THAT(rig.transfers(1).pending, SizeIs(1));
}

TEST_P(EscrowLife, IsDescribedToThoseWhoSign) {
  EscrowRig rig(GetParam());
  rig.fund(1);
  rig.sync();
  const std::uint64_t deposit = rig.balance(0);
  const std::string txset = rig.txset(0, xmr);
  const auto told = rig.ok(1, DescribeTransfer{txset, ""});
  ASSERT_THAT(told.desc, SizeIs(1));
  const auto& desc = told.desc[0];
  EXPECT_EQ(desc.amount_in.atomic(), deposit);
  EXPECT_EQ(desc.fee.atomic(), fee_of_one_input);
  EXPECT_EQ(desc.amount_out.atomic(), deposit - fee_of_one_input);
  EXPECT_EQ(desc.change_amount.atomic(), deposit - fee_of_one_input - xmr);
  EXPECT_EQ(desc.change_address, rig.address(0));
  EXPECT_EQ(desc.dummy_outputs, 0u);
  EXPECT_EQ(desc.ring_size, 16u);
  EXPECT_EQ(desc.payment_id, "");
  EXPECT_EQ(desc.extra.size(), 88u);
  EXPECT_THAT(desc.extra, testing::EndsWith("0209010000000000000000"));
  ASSERT_THAT(desc.recipients, SizeIs(1));
  EXPECT_EQ(desc.recipients[0].address, stranger);
  EXPECT_THAT(desc.sources, SizeIs(GetParam() == "0.18.5.1" ? 1 : 0));
  EXPECT_EQ(told.summary.change_amount, desc.change_amount);
  EXPECT_EQ(told.summary.recipients[0].amount.atomic(), xmr);

  SweepAll sweep;
  sweep.address = stranger;
  const auto all = rig.ok(1, DescribeTransfer{rig.ok(1, sweep).multisig_txset, ""}).desc[0];
  EXPECT_EQ(all.dummy_outputs, 1u);
  EXPECT_EQ(all.change_amount, Amount());
  EXPECT_EQ(all.change_address, "");

  EXPECT_EQ(rig.error(1, DescribeTransfer{}), rigs::unknown("no txset provided"));
  EXPECT_EQ(rig.error(1, DescribeTransfer{"zz", ""}),
            (RpcError{error_code::bad_hex, "Failed to parse hex."}));
  EXPECT_EQ(rig.error(1, DescribeTransfer{"00", ""}),
            (RpcError{error_code::bad_multisig_tx_data, "cannot load multisig_txset"}));
  EXPECT_EQ(rig.error(1, DescribeTransfer{"", "00"}),
            (RpcError{error_code::bad_unsigned_tx_data, "cannot load unsigned_txset"}));
}

TEST_P(EscrowLife, IsNobodyElsesBusiness) {
  EscrowRig rig(GetParam());
  rig.fund(1);
  rig.sync();
  const std::string txset = rig.txset(0, xmr);
  const RpcError unreadable{error_code::bad_multisig_tx_data, "Failed to parse multisig tx data."};
  EXPECT_EQ(rig.sign_error(1, txset.substr(0, txset.size() - 2)), unreadable);
  rig.set_up_group("other", 2);
  EXPECT_EQ(rig.sign_error(1, txset), unreadable);
  EXPECT_EQ(rig.error(1, SubmitMultisig{txset}), unreadable);
  EXPECT_EQ(rig.error(1, DescribeTransfer{txset, ""}).code, error_code::bad_multisig_tx_data);
  rig.create(0, "plain");
  EXPECT_EQ(rig.sign_error(0, txset), rigs::not_multisig);
}

struct Group {
  std::uint32_t threshold;
  std::size_t signers;
};

class GroupLife : public testing::TestWithParam<Group> {};
INSTANTIATE_TEST_SUITE_P(
    , GroupLife, testing::Values(Group{1, 2}, Group{2, 2}, Group{3, 3}, Group{3, 4}, Group{3, 5}),
    [](const auto& group) {
      return std::to_string(group.param.threshold) + "of" + std::to_string(group.param.signers);
    });

TEST_P(GroupLife, NeedsAsManySignaturesAsAgreed) {
  const auto [threshold, signers] = GetParam();
  EscrowRig rig("0.18.5.1", signers, threshold);
  rig.fund(2);
  rig.sync();
  const std::uint64_t deposit = rig.balance(0);
  std::string txset = rig.txset(0, xmr);
  for (std::uint32_t i = 1; i < threshold; ++i) {
    EXPECT_EQ(rig.error(0, SubmitMultisig{txset}).code, error_code::threshold_not_reached);
    // From the end: anybody will do.
    const auto answer = rig.sign(signers - i, txset);
    EXPECT_THAT(answer.tx_hash_list, SizeIs(i + 1 == threshold ? 1 : 0));
    txset = answer.tx_data_hex;
  }
  EXPECT_EQ(rig.sign_error(0, txset).message,
            "Failed to sign multisig tx: Transaction already signed by this private key");
  rig.submit(0, txset);
  rig.mine(stranger, 1);
  rig.refresh_all();
  EXPECT_EQ(rig.balance(signers - 1), deposit - xmr - fee_of_one_input);
}

TEST(OneOfTwo, SpendsAloneAndNeedsNoInfos) {
  EscrowRig rig("0.18.5.1", 2, 1);
  rig.fund(2);
  EXPECT_EQ(rig.import(0, {}), 2u);
  const std::uint64_t deposit = rig.balance(0);
  const auto first = rig.submit(0, rig.txset(0, xmr));
  rig.mine(stranger, 10);
  rig.refresh_all();
  const auto second = rig.submit(0, rig.txset(0, xmr));
  rig.mine(stranger, 1);
  rig.refresh_all();
  EXPECT_NE(first, second);
  EXPECT_EQ(rig.balance(0), deposit - 2 * (xmr + fee_of_one_input));
}

}  // namespace
}  // namespace escrowstorm::mockrpc
