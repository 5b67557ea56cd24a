#include "mockrpc/wallet/pool_watch.hpp"

#include <algorithm>
#include <set>
#include <unordered_set>

namespace escrowstorm::mockrpc {
namespace {

constexpr std::uint64_t seconds_to_arrive = 500;

bool in_pool(const Chain& chain, const Bytes32& hash) {
  const auto found = chain.find(hash);
  return found && !found->height;
}

using KeyImages = std::unordered_set<Bytes32, BytesHash>;

void mark_spent(WalletMoney& money, const KeyImages& images, bool spent) {
  if (images.empty()) return;
  for (OwnedOutput& output : money.outputs) {
    if (output.key_image_partial || output.spent == spent) continue;
    if (!images.contains(output.key_image)) continue;
    output.spent = spent;
    output.spent_height = 0;
  }
}

// Follows what the wallet sent. Takes one pass over its outputs for all that is in the pool.
class PendingWatch {
 public:
  PendingWatch(Lookout& wallet, bool refreshed) : wallet_(wallet), refreshed_(refreshed) {}

  void follow_all() {
    for (auto& [hash, tx] : wallet_.money.pending) follow(tx);
    mark_in_pool();
  }

 private:
  void follow(OutgoingTx& tx) {
    const bool late = refreshed_ && wallet_.chain.unix_time() > tx.timestamp + seconds_to_arrive;
    if (in_pool(wallet_.chain, tx.tx_hash)) {
      if (!wallet_.version.finds_failed_again) return;
      tx.failed = false;
      in_pool_.insert(tx.key_images.begin(), tx.key_images.end());
    } else if (wallet_.version.finds_failed_again || tx.missed) {
      if (late && !tx.failed) fail(tx);
    } else {
      tx.missed = true;  // it may have left the pool for a block that is not looked at yet
    }
  }

  void fail(OutgoingTx& tx) {
    mark_in_pool();
    tx.failed = true;
    mark_spent(wallet_.money, KeyImages(tx.key_images.begin(), tx.key_images.end()), false);
  }

  void mark_in_pool() {
    mark_spent(wallet_.money, in_pool_, true);
    in_pool_.clear();
  }

  Lookout& wallet_;
  const bool refreshed_;
  KeyImages in_pool_;  // spent by those that came so far
};

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

bool pays_wallet(Lookout& wallet, const Transaction& transaction) {
  return std::any_of(transaction.outputs.begin(), transaction.outputs.end(),
                     [&](const TxOutput& output) {
                       return wallet.addresses.index_of(output.recipient, wallet.shown).has_value();
                     });
}

// What is paid to each address, or who is paid by each transaction, whichever are fewer.
void add_paying(Lookout& wallet, std::set<Bytes32>& hashes) {
  if (wallet.chain.pool_size() < OwnAddresses::watched_count(wallet.shown)) {
    for (const FoundTransaction& found : wallet.chain.pool())
      if (pays_wallet(wallet, *found.transaction)) hashes.insert(found.transaction->hash);
    return;
  }
  for (const auto& [point, index] : wallet.addresses.watched(wallet.shown, true))
    for (const FoundTransaction& found : wallet.chain.received_in_pool(point))
      hashes.insert(found.transaction->hash);
}

std::set<Bytes32> concerning(Lookout& wallet) {
  std::set<Bytes32> hashes;
  add_paying(wallet, hashes);
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
  PendingWatch(wallet, refreshed).follow_all();
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
