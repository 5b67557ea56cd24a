// What becomes of the transactions that a wallet made: sent, or handed on to be signed.
#include <cassert>

#include "mockrpc/chain/chain.hpp"
#include "mockrpc/wallet/seal.hpp"
#include "mockrpc/wallet/spending.hpp"
#include "mockrpc/wallet/wallet.hpp"

namespace escrowstorm::mockrpc {
namespace {

OutgoingTx outgoing_of(const PendingTx& sent, std::uint64_t now) {
  OutgoingTx tx;
  tx.tx_hash = sent.tx.hash;
  for (const SpentCoin& coin : sent.coins) tx.amount_in = *tx.amount_in.plus(coin.amount);
  for (const Payee& payee : sent.payees) {
    tx.amount_out = *tx.amount_out.plus(payee.amount);
    tx.destinations.push_back({payee.text, payee.amount});
  }
  tx.change = sent.change;
  tx.fee = sent.tx.fee;
  tx.timestamp = now;
  tx.unlock_time = sent.tx.unlock_time;
  tx.payment_id = sent.tx.payment_id.value_or(PaymentId{});
  tx.account = sent.account;
  tx.addresses = sent.addresses;
  tx.key_images = sent.tx.key_images;
  return tx;
}

}  // namespace

// A transaction of another wallet's marks what stands in the same places here: as the real one
// does.
SpendOutcome<void> Wallet::commit(const PendingTx& tx) {
  if (chain() == nullptr) return SpendRefused{SpendFault::no_daemon, "no connection to daemon"};
  if (chain()->submit(tx.tx))
    return SpendRefused{SpendFault::other, "transaction was rejected by daemon"};
  std::vector<OwnedOutput>& outputs = cache_.money.outputs;
  for (const SpentCoin& coin : tx.coins)
    if (coin.index >= outputs.size())
      return SpendRefused{SpendFault::other,
                          "Bad output index in selected transfers: " + std::to_string(coin.index)};
  cache_.money.pending.insert_or_assign(tx.tx.hash, outgoing_of(tx, chain()->unix_time()));
  cache_.money.tx_keys.insert_or_assign(tx.tx.hash, tx.key);
  for (const SpentCoin& coin : tx.coins) {
    outputs[coin.index].spent = true;
    outputs[coin.index].spent_height = 0;
    use_up_nonces(outputs[coin.index]);
  }
  return {};
}

Outcome<std::string> Wallet::seal_new_txset(std::vector<PendingTx> txs, RandomStream& random) {
  return seal_txset({std::move(txs), {signer().self}}, random);
}

// The creator has signed already and needs its own nonces no more.
Outcome<std::string> Wallet::seal_txset(const MultisigTxSet& set, RandomStream& random) {
  assert(keys_.multisig);
  std::string sealed(multisig_txset_magic);
  sealed += seal(*host_.keys, write_txset(set), keys_.view_secret, random);
  if (auto used = use_up_nonces_of(set); !used) return used.error();
  return {boost::system::in_place_value, std::move(sealed)};
}

Outcome<void> Wallet::use_up_nonces_of(const MultisigTxSet& set) {
  bool changed = false;
  for (const PendingTx& tx : set.txs) {
    for (const SpentCoin& coin : tx.coins) {
      OwnedOutput& output = cache_.money.outputs[coin.index];
      changed = changed || !output.nonces.empty();
      mockrpc::use_up_nonces(output);
    }
  }
  if (!changed || !host_.version->stores_used_nonces) return {};
  return store();
}

std::optional<MultisigTxSet> Wallet::open_txset(std::string_view bytes) const {
  if (!bytes.starts_with(multisig_txset_magic)) return std::nullopt;
  const Outcome<std::string> plain =
      unseal(*host_.keys, bytes.substr(multisig_txset_magic.size()), keys_.view_secret);
  if (!plain) return std::nullopt;
  return read_txset(*plain, host_.network, cache_.money.outputs.size());
}

std::optional<MultisigTxSet> Wallet::load_txset(std::string_view bytes) {
  std::optional<MultisigTxSet> set = open_txset(bytes);
  if (set && set->signers.size() >= keys_.multisig->threshold)
    for (const PendingTx& tx : set->txs) cache_.money.tx_keys.insert_or_assign(tx.tx.hash, tx.key);
  return set;
}

Outcome<std::vector<Bytes32>> Wallet::sign_txset(MultisigTxSet& set, RandomStream& random) {
  // What a refusal cost of nonces is saved with the next store only.
  auto hashes = mockrpc::sign_txset(signer(), set, cache_.money.outputs, random);
  if (!hashes) return hashes;
  if (host_.version->stores_used_nonces)
    if (auto stored = store(); !stored) return stored.error();
  if (!hashes->empty())
    for (const PendingTx& tx : set.txs) cache_.money.tx_keys.insert_or_assign(tx.tx.hash, tx.key);
  return hashes;
}

}  // namespace escrowstorm::mockrpc
