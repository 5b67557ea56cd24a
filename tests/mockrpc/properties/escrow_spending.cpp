// What a world's wallets spend, and whether it adds up.
#include <rapidcheck.h>

#include <algorithm>
#include <variant>

#include "tests/mockrpc/properties/escrow_calls.hpp"

namespace escrowstorm::mockrpc::properties {

using namespace walletrpc;

namespace {

constexpr std::uint64_t worth_a_transfer = xmr / 10;

// What a wallet says that has not enough money, or not enough that others gave it nonces for.
void check_want_of_money(const RpcError& error) {
  const bool want = error.code == error_code::tx_not_possible ||
                    error.code == error_code::not_enough_money ||
                    error.code == error_code::not_enough_unlocked_money ||
                    error.message.starts_with("No unlocked balance in the specified ") ||
                    error.message == "LR not found for enough participants";
  if (!want) RC_FAIL(std::to_string(error.code) + " " + error.message);
}

}  // namespace

bool EscrowWorld::transfer(std::size_t who, std::size_t choice) {
  static constexpr std::uint64_t amounts[] = {xmr / 100, xmr, 2 * xmr, 4 * xmr};
  Transfer request;
  request.destinations.push_back(
      {payee_address_, Amount::from_atomic(amounts[choice % 4] + choice)});
  if (choice % 5 == 0)
    request.destinations.push_back({payee_address_, Amount::from_atomic(choice + 1)});
  Amount asked;
  for (const auto& destination : request.destinations) asked = sum(asked, destination.amount);

  auto made = call(who, request);
  if (const auto* error = std::get_if<RpcError>(&made)) {
    check_want_of_money(*error);
    return false;
  }
  const auto& answer = std::get<Transfer::Answer>(made);
  RC_ASSERT(answer.amount == asked);
  RC_ASSERT(answer.tx_hash.empty());
  take_txset(who, answer.multisig_txset);
  const MultisigTxSet& set = txsets_.back().set;
  RC_ASSERT(set.txs.size() == 1u);
  RC_ASSERT(set.txs.front().tx.fee == answer.fee);
  Amount paid;
  for (const TxOutput& output : set.txs.front().tx.outputs)
    if (payees_.contains(output.recipient)) paid = sum(paid, output.amount);
  RC_ASSERT(paid == asked);
  return true;
}

void EscrowWorld::sweep(std::size_t who) {
  SweepAll request;
  request.address = payee_address_;
  auto made = call(who, request);
  if (const auto* error = std::get_if<RpcError>(&made)) {
    check_want_of_money(*error);
    return;
  }
  take_txset(who, std::get<SweepAll::Answer>(made).multisig_txset);
}

// Spends what the group has, and what is not paid comes back as change. What it spends may have
// gone from the chain since the wallet looked.
void EscrowWorld::take_txset(std::size_t who, const std::string& hex) {
  const Ledger ledger(rig_.chain());
  SaidTxset txset = read_said_txset(hex, view_secret_);
  const MultisigTxSet& set = txset.set;
  RC_ASSERT(set.signers.size() == 1u);
  for (const PendingTx& tx : set.txs) {
    if (const auto worth = ledger.worth(tx.tx.key_images)) {
      RC_ASSERT(*worth == total_out(tx.tx));
      RC_ASSERT(ledger.belong_to(group_, tx.tx.key_images));
    }
    for (const TxOutput& output : tx.tx.outputs)
      if (output.amount > Amount())
        RC_ASSERT(payees_.contains(output.recipient) || group_.contains(output.recipient));
  }
  book_.created(who, txset);
  txsets_.push_back(std::move(txset));
}

bool EscrowWorld::sign(std::size_t who, const SaidTxset& txset) {
  const NonceBook::Forecast forecast = book_.forecast(who, txset);
  auto outcome = call(who, SignMultisig{txset.hex});
  if (const auto* error = std::get_if<RpcError>(&outcome)) {
    const auto& expected = forecast.refusals;
    RC_ASSERT(!forecast.must_succeed);
    RC_ASSERT(std::find(expected.begin(), expected.end(), error->message) != expected.end());
    book_.refused_to_sign(who, txset);
    return false;
  }
  RC_ASSERT(forecast.may_succeed);
  const auto& answer = std::get<SignMultisig::Answer>(outcome);
  RC_ASSERT(answer.tx_hash_list.size() == txset.set.txs.size());
  SaidTxset now = read_said_txset(answer.tx_data_hex, view_secret_);
  book_.signed_by(who, txset, now);
  txsets_.push_back(std::move(now));
  return true;
}

void EscrowWorld::sign_die_sign(std::size_t who, const SaidTxset& txset) {
  sign(who, txset);
  kill(who);
  sign(who, txset);
}

// The chain takes what is signed and spends unspent, unlocked coins of its own, and nothing else. A
// wallet that has seen a transaction in a block and submits it again takes its coins for unspent
// ones by the strict count, as the real one does: that is left out.
bool EscrowWorld::submit(std::size_t who, const SaidTxset& txset) {
  const MultisigTxSet& set = txset.set;
  if (is_mined(set)) return false;
  const bool is_signed = set.signers.size() >= 2;
  const bool fits = is_signed && Ledger(rig_.chain()).takes(set.txs.front().tx);
  auto outcome = call(who, SubmitMultisig{txset.hex});
  if (const auto* error = std::get_if<RpcError>(&outcome)) {
    if (error->code == error_code::bad_multisig_tx_data) {
      RC_ASSERT(!book_.knows_outputs_of(who, set));
    } else {
      RC_ASSERT(!fits);
      RC_ASSERT(error->message ==
                (is_signed ? "Failed to submit multisig tx: transaction was rejected by daemon"
                           : "Not enough signers signed this transaction."));
    }
    return false;
  }
  RC_ASSERT(fits);
  book_.submitted(who, txset);
  ++paid_;
  return true;
}

bool EscrowWorld::is_mined(const MultisigTxSet& set) {
  return std::any_of(set.txs.begin(), set.txs.end(), [&](const PendingTx& tx) {
    const auto found = rig_.chain().find(tx.tx.hash);
    return found && found->height;
  });
}

void EscrowWorld::spend(std::size_t who, std::size_t choice) {
  if (!transfer(who, choice)) return;
  const SaidTxset txset = txsets_.back();
  const std::size_t other = (who + 1 + choice % 2) % signer_count;
  if (sign(other, txset)) submit(choice % 3, SaidTxset(txsets_.back()));
}

void EscrowWorld::payee_pays(std::size_t choice) {
  refresh(payee);
  Transfer request;
  request.destinations.push_back({group_address_, Amount::from_atomic(xmr / 50 + choice)});
  const auto sent = call(payee, request);
  if (const auto* error = std::get_if<RpcError>(&sent))
    if (error->message != "transaction was rejected by daemon") check_want_of_money(*error);
}

void EscrowWorld::reopen(std::size_t who) {
  must(who, CloseWallet{});
  must(who, OpenWallet{wallet_name(who), ""});
}

// A version that does not save at once which nonces are used has them back then, and signs twice.
void EscrowWorld::kill(std::size_t who) {
  if (!version_.stores_used_nonces) return reopen(who);
  rig_.kill(who);
  must(who, OpenWallet{wallet_name(who), ""});
  book_.killed(who);
}

// All see all there is, the pool's transactions included that a block can take.
void EscrowWorld::settle() {
  const std::uint64_t height = rig_.chain().height();
  mine(highest_lost_ + 1 - std::min(highest_lost_, height));
  refresh(payee);
  sync();
}

void EscrowWorld::check_money() {
  settle();
  const Ledger ledger(rig_.chain());
  for (std::size_t i = 0; i <= payee; ++i) {
    const Ledger::Owners& owners = i == payee ? payees_ : group_;
    GetBalance request;
    request.strict = true;  // without the pool
    const auto balance = must(i, request);
    RC_ASSERT(balance.balance == ledger.held_by(owners));
    RC_ASSERT(balance.unlocked_balance == ledger.unlocked_of(owners));
    check_history(i, balance.balance);
  }
}

// What came less what went is what is there. While the chain is shorter than it was, 0.18.5.1 finds
// its own popped transactions in the pool and forgets their change, here as there.
void EscrowWorld::check_history(std::size_t who, Amount balance) {
  if (highest_lost_ > 0) return;
  GetTransfers request;
  request.in = request.out = true;
  const auto history = must(who, request);
  Amount came;
  Amount went = balance;
  for (const TransferEntry& entry : history.in) came = sum(came, entry.amount);
  for (const TransferEntry& entry : history.out) went = sum(sum(went, entry.amount), entry.fee);
  RC_ASSERT(came == went);
}

void EscrowWorld::heal_and_pay() {
  rig_.chain().flush_pool();
  mine(60);
  check_money();
  if (Ledger(rig_.chain()).unlocked_of(group_) < Amount::from_atomic(worth_a_transfer)) return;
  const std::size_t before = paid_;
  spend(0, 0);
  RC_ASSERT(paid_ == before + 1);
  check_money();
}

}  // namespace escrowstorm::mockrpc::properties
