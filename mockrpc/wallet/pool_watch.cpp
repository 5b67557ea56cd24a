#include "mockrpc/wallet/pool_watch.hpp"

#include <algorithm>
#include <set>

namespace escrowstorm::mockrpc {
namespace {

constexpr std::uint64_t seconds_to_arrive = 500;

bool in_pool(const Chain& chain, const Bytes32& hash) {
  const auto found = chain.find(hash);
  return found && !found->height;
}

void mark_spent(WalletMoney& money, const OutgoingTx& tx, bool spent) {
  for (OwnedOutput& output : money.outputs) {
    if (output.key_image_partial || output.spent == spent) continue;
    const auto& images = tx.key_images;
    if (std::find(images.begin(), images.end(), output.key_image) == images.end()) continue;
    output.spent = spent;
    output.spent_height = 0;
  }
}

void fail(WalletMoney& money, OutgoingTx& tx) {
  tx.failed = true;
  mark_spent(money, tx, false);
}

void follow_pending(Lookout& wallet, OutgoingTx& tx, bool refreshed) {
  const bool late = refreshed && wallet.chain.unix_time() > tx.timestamp + seconds_to_arrive;
  if (in_pool(wallet.chain, tx.tx_hash)) {
    if (!wallet.version.finds_failed_again) return;
    tx.failed = false;
    mark_spent(wallet.money, tx, true);
  } else if (wallet.version.finds_failed_again || tx.missed) {
    if (late && !tx.failed) fail(wallet.money, tx);
  } else {
    tx.missed = true;  // it may have left the pool for a block that is not looked at yet
  }
}

// One that the wallet sent itself is news only to another of its accounts.
bool is_news(Lookout& wallet, const Bytes32& hash) {
  const WalletMoney& money = wallet.money;
  if (money.scanned_pool.contains(hash)) return false;
  const auto is_it = [&](const IncomingPayment& payment) { return payment.tx_hash == hash; };
  if (std::any_of(money.pool_payments.begin(), money.pool_payments.end(), is_it)) return false;
  const auto sent = money.pending.find(hash);
  if (sent == money.pending.end()) return true;
  const auto& destinations = sent->second.destinations;
  return std::any_of(destinations.begin(), destinations.end(), [&](const Destination& to) {
    const auto index = wallet.addresses.index_of(to.address, wallet.shown);
    return index && index->account != sent->second.account;
  });
}

std::set<Bytes32> concerning(Lookout& wallet) {
  std::set<Bytes32> hashes;
  for (const auto& [point, index] : wallet.addresses.watched(wallet.shown, true))
    for (const FoundTransaction& found : wallet.chain.received_in_pool(point))
      hashes.insert(found.transaction->hash);
  if (wallet.version.sees_pool_spends) {
    for (const OwnedOutput& output : wallet.money.outputs) {
      if (output.key_image_partial) continue;
      const auto spender = wallet.chain.spender(output.key_image);
      if (spender && !spender->height) hashes.insert(spender->transaction->hash);
    }
  }
  return hashes;
}

}  // namespace

std::vector<FoundTransaction> look_at_pool(Lookout& wallet, bool refreshed) {
  WalletMoney& money = wallet.money;
  for (auto& [hash, tx] : money.pending) follow_pending(wallet, tx, refreshed);
  if (refreshed)
    std::erase_if(money.pool_payments, [&](const IncomingPayment& payment) {
      return !in_pool(wallet.chain, payment.tx_hash);
    });
  if (wallet.chain.pool_size() == 0) return {};

  std::vector<FoundTransaction> news;
  const std::set<Bytes32> hashes = concerning(wallet);
  if (hashes.empty()) return news;
  for (FoundTransaction& each : wallet.chain.pool_of(hashes))
    if (is_news(wallet, each.transaction->hash)) news.push_back(std::move(each));
  return news;
}

void take_in_pool(Lookout& wallet, const std::vector<FoundTransaction>& found) {
  for (const FoundTransaction& each : found) {
    take_in(wallet, sighting_of(wallet, each));
    wallet.money.scanned_pool.insert(each.transaction->hash);
  }
}

}  // namespace escrowstorm::mockrpc
