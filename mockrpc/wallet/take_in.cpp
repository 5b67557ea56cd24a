// What a transaction changes for a wallet.
#include <algorithm>
#include <set>

#include "mockrpc/wallet/balance.hpp"
#include "mockrpc/wallet/lookout.hpp"

namespace escrowstorm::mockrpc {
namespace {

// What it pays to one address.
struct Received {
  SubaddressIndex subaddress;
  Amount total;
  std::vector<Amount> amounts;
};

// What it spends of ours.
struct Spent {
  Amount total;
  std::optional<std::uint32_t> account;
  std::set<std::uint32_t> addresses;
};

bool is_known(const WalletMoney& money, const Bytes32& key) {
  return std::any_of(money.outputs.rbegin(), money.outputs.rend(),
                     [&](const OwnedOutput& output) { return output.key == key; });
}

OwnedOutput owned(const Lookout& wallet, const Sighting& seen, const Sighting::Output& output) {
  const TxOutput& paid = seen.transaction->outputs[output.index];
  OwnedOutput owned;
  owned.tx_hash = seen.transaction->hash;
  owned.index = output.index;
  owned.global_index = output.global_index;
  owned.height = *seen.height;
  owned.unlock_time = seen.transaction->unlock_time;
  owned.coinbase = seen.transaction->coinbase;
  owned.amount = paid.amount;
  owned.key = paid.key;
  owned.key_image = key_image_of(paid);
  owned.subaddress = output.subaddress;
  owned.key_image_partial = wallet.multisig;
  return owned;
}

// In the order of its outputs. One that is known already, since a transaction is looked at again,
// leaves a payment of nothing.
std::vector<Received> take_outputs(Lookout& wallet, const Sighting& seen) {
  std::vector<Received> received;
  for (const Sighting::Output& output : seen.outputs) {
    auto to = std::find_if(received.begin(), received.end(), [&](const Received& each) {
      return each.subaddress == output.subaddress;
    });
    if (to == received.end()) to = received.insert(to, Received{output.subaddress, {}, {}});
    const TxOutput& paid = seen.transaction->outputs[output.index];
    if (seen.height.value_or(0) < wallet.unknown_from && is_known(wallet.money, paid.key)) continue;
    to->total = sum(to->total, paid.amount);
    to->amounts.push_back(paid.amount);
    if (!seen.height) continue;
    wallet.shown.expand(output.subaddress);
    std::vector<OwnedOutput>& outputs = wallet.money.outputs;
    outputs.push_back(owned(wallet, seen, output));
    if (wallet.rescan && wallet.rescan->covers(outputs.size() - 1))
      complete(*wallet.rescan, outputs.size() - 1, outputs.back());
  }
  return received;
}

Spent take_spends(Lookout& wallet, const Sighting& seen) {
  Spent spent;
  const std::vector<Bytes32>& images = seen.transaction->key_images;
  if (images.empty()) return spent;
  for (OwnedOutput& output : wallet.money.outputs) {
    if (output.key_image_partial) continue;
    if (std::find(images.begin(), images.end(), output.key_image) == images.end()) continue;
    spent.total = sum(spent.total, output.amount);
    spent.account = output.subaddress.account;
    spent.addresses.insert(output.subaddress.address);
    if (!seen.height && !wallet.version.sees_pool_spends) continue;
    output.spent = true;
    output.spent_height = seen.height.value_or(0);
  }
  return spent;
}

OutgoingTx outgoing_of(const Sighting& seen, const Spent& spent, Amount back) {
  OutgoingTx tx;
  tx.tx_hash = seen.transaction->hash;
  tx.amount_in = spent.total;
  tx.fee = seen.transaction->fee;
  tx.change = back;
  tx.amount_out = spent.total.minus(sum(back, tx.fee)).value_or(Amount());
  tx.account = *spent.account;
  tx.addresses.assign(spent.addresses.begin(), spent.addresses.end());
  tx.timestamp = seen.timestamp;
  tx.unlock_time = seen.transaction->unlock_time;
  tx.key_images = seen.transaction->key_images;
  return tx;
}

// What the wallet knows of one that it sent itself stays, such as where it went.
void take_outgoing(Lookout& wallet, const Sighting& seen, const Spent& spent, Amount back) {
  const Bytes32& hash = seen.transaction->hash;
  if (!seen.height) {
    if (wallet.version.sees_pool_spends)
      wallet.money.pending.try_emplace(hash, outgoing_of(seen, spent, back));
    return;
  }
  OutgoingTx& tx =
      wallet.money.outgoing.try_emplace(hash, outgoing_of(seen, spent, back)).first->second;
  tx.height = *seen.height;
  tx.timestamp = seen.timestamp;
  tx.unlock_time = seen.transaction->unlock_time;
  // All of it came back: nothing is said to have gone out.
  if (spent.total == sum(back, tx.fee)) tx.change = back;
}

void take_payment(Lookout& wallet, const Sighting& seen, Received& received) {
  IncomingPayment payment;
  payment.tx_hash = seen.transaction->hash;
  payment.amount = received.total;
  payment.amounts = std::move(received.amounts);
  payment.fee = seen.transaction->fee;
  payment.height = seen.height.value_or(0);
  payment.unlock_time = seen.transaction->unlock_time;
  payment.timestamp = seen.timestamp;
  payment.coinbase = seen.transaction->coinbase;
  payment.subaddress = received.subaddress;
  payment.payment_id = seen.transaction->payment_id.value_or(PaymentId{});

  auto& payments = seen.height ? wallet.money.payments : wallet.money.pool_payments;
  if (!seen.height) {
    const auto known = std::find_if(payments.begin(), payments.end(), [&](const auto& each) {
      return each.tx_hash == payment.tx_hash && each.subaddress == payment.subaddress;
    });
    if (known != payments.end()) {
      *known = std::move(payment);
      return;
    }
  }
  payments.insert(payments.begin(), std::move(payment));
}

void confirm_pending(WalletMoney& money, const Sighting& seen) {
  const auto pending = money.pending.find(seen.transaction->hash);
  if (pending == money.pending.end()) return;
  pending->second.height = *seen.height;
  pending->second.missed = false;
  pending->second.failed = false;
  money.outgoing.insert(money.pending.extract(pending));
}

}  // namespace

void take_in(Lookout& wallet, const Sighting& seen) {
  if (seen.height && !seen.transaction->coinbase) confirm_pending(wallet.money, seen);
  std::vector<Received> received = take_outputs(wallet, seen);
  const Spent spent = take_spends(wallet, seen);
  if (spent.account) {
    Amount back;
    for (const Received& each : received)
      if (each.subaddress.account == *spent.account) back = sum(back, each.total);
    take_outgoing(wallet, seen, spent, back);
    std::erase_if(received,
                  [&](const Received& each) { return each.subaddress.account == *spent.account; });
  }
  // The real one's table puts the later ones before the earlier, twice.
  for (auto each = received.rbegin(); each != received.rend(); ++each)
    take_payment(wallet, seen, *each);
}

}  // namespace escrowstorm::mockrpc
