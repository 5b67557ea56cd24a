// What participants hand each other, damaged: read as nothing, or as what it was.
#include <gtest/gtest.h>

#include "escrow_rig.hpp"
#include "fuzz.hpp"
#include "mockrpc/chain/transaction_bytes.hpp"
#include "mockrpc/keys/hex.hpp"
#include "mockrpc/wallet/multisig_info.hpp"
#include "mockrpc/wallet/multisig_txset.hpp"

namespace escrowstorm::mockrpc {
namespace {

using rigs::EscrowRig;
using rigs::stranger;

PendingTx sample_tx() {
  PendingTx tx;
  tx.coins.push_back({1, 5, Bytes32{7}, Amount::from_atomic(100)});
  tx.tx.key_images.push_back(Bytes32{8});
  tx.tx.outputs.resize(2);
  tx.tx.outputs[0].amount = Amount::from_atomic(60);
  tx.tx.outputs[1].amount = Amount::from_atomic(30);
  tx.tx.fee = Amount::from_atomic(10);
  tx.tx.weight = 1500;
  tx.tx.payment_id = PaymentId{1, 2, 3};
  tx.payees.push_back(
      {stranger, *parse_address(stranger, Network::mainnet), Amount::from_atomic(60)});
  tx.change_address = stranger;
  tx.change = Amount::from_atomic(30);
  tx.addresses = {0, 3};
  tx.key = "key";
  tx.extra = "extra";
  tx.attempts.push_back({{PublicKey{Bytes32{1}}}, {Bytes32{2}, Bytes32{3}}});
  return tx;
}

TEST(Txset, IsReadAsItWasWritten) {
  MultisigTxSet set{{sample_tx(), sample_tx()}, {PublicKey{Bytes32{9}}}};
  set.txs[1].tx.hash = Bytes32{4};
  EXPECT_EQ(read_txset(write_txset(set), Network::mainnet, 2), set);
  // It spends an output that the reader does not know, or on another network.
  EXPECT_EQ(read_txset(write_txset(set), Network::mainnet, 1), std::nullopt);
  EXPECT_EQ(read_txset(write_txset(set), Network::testnet, 2), std::nullopt);
  set.txs[0].tx.fee = Amount();
  EXPECT_EQ(read_txset(write_txset(set), Network::mainnet, 2), std::nullopt);
}

TEST(Txset, SurvivesDamage) {
  const MultisigTxSet set{{sample_tx()}, {PublicKey{Bytes32{9}}}};
  test::fuzz({write_txset(set)}, [](const std::string& bytes) {
    if (const auto read = read_txset(bytes, Network::mainnet, 2)) {
      EXPECT_LT(read->txs.size(), 20u);
      EXPECT_EQ(read_txset(write_txset(*read), Network::mainnet, 2), read);
    }
  });
}

TEST(Metadata, SurvivesDamage) {
  PendingTx tx = sample_tx();
  tx.tx.hash = Bytes32{4};
  EXPECT_EQ(read_metadata(write_metadata(tx), Network::mainnet), tx);
  test::fuzz({write_metadata(tx)}, [](const std::string& bytes) {
    if (const auto read = read_metadata(bytes, Network::mainnet)) {
      EXPECT_EQ(read_metadata(write_metadata(*read), Network::mainnet), read);
    }
  });
}

TEST(TransactionBlob, SurvivesDamage) {
  Transaction tx = sample_tx().tx;
  tx.hash = Bytes32{4};
  EXPECT_EQ(transaction_blob(tx, 1507).size(), 1507u);
  EXPECT_EQ(read_transaction_blob(transaction_blob(tx, 1507)), tx);
  test::fuzz({transaction_blob(tx, 300)},
             [](const std::string& blob) { read_transaction_blob(blob); });
}

TEST(OutputInfos, SurviveDamage) {
  const std::vector<MultisigOutputInfo> infos(
      2, {PublicKey{Bytes32{1}}, {Bytes32{2}, Bytes32{3}}, {Bytes32{4}}});
  EXPECT_EQ(read_output_infos(write_output_infos(infos)), infos);
  test::fuzz({write_output_infos(infos)}, [](const std::string& bytes) {
    if (const auto read = read_output_infos(bytes)) {
      EXPECT_EQ(read_output_infos(write_output_infos(*read)), read);
    }
  });
}

// As they reach an instance: sealed, so that any damage is noticed.
TEST(Txset, IsRefusedByAnInstanceWhenDamaged) {
  EscrowRig rig;
  rig.fund(1);
  rig.sync();
  const std::string txset = *from_hex(rig.txset(0, rigs::xmr));
  RandomStream random(5);
  for (int i = 0; i < 200; ++i) {
    const std::string damaged = test::mutated(txset, random);
    if (damaged == txset) continue;
    EXPECT_EQ(rig.sign_error(1, to_hex(damaged)).code, walletrpc::error_code::bad_multisig_tx_data);
  }
  EXPECT_EQ(rig.sign(1, to_hex(txset)).tx_hash_list.size(), 1u);
}

}  // namespace
}  // namespace escrowstorm::mockrpc
