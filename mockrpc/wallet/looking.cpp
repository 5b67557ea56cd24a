// The wallet's side of looking at the chain.
#include <algorithm>
#include <cassert>
#include <utility>

#include "mockrpc/wallet/wallet.hpp"

namespace escrowstorm::mockrpc {

Lookout Wallet::lookout() {
  assert(chain());
  return {.chain = *chain(),
          .version = *host_.version,
          .money = cache_.money,
          .shown = cache_.subaddresses,
          .addresses = addresses(),
          .multisig = keys_.multisig.has_value(),
          .refresh_from = keys_.refresh_from,
          .first = !refreshed_,
          .rescan = &rescan_};
}

Outcome<RefreshResult> Wallet::refresh(std::uint64_t start_height) {
  Lookout view = lookout();
  auto result = mockrpc::refresh(view, start_height);
  if (result) {
    refreshed_ = true;
    rescan_ = {};
  }
  return result;
}

void Wallet::refresh_pool() {
  Lookout view = lookout();
  mockrpc::refresh_pool(view);
}

void Wallet::refresh_spent() {
  Lookout view = lookout();
  mockrpc::refresh_spent(view);
}

void Wallet::scan(std::vector<FoundTransaction> found) {
  const auto height = [](const FoundTransaction& each) {
    return each.height.value_or(~std::uint64_t{0});  // the pool comes last
  };
  std::stable_sort(found.begin(), found.end(),
                   [&](const auto& a, const auto& b) { return height(a) < height(b); });
  Lookout view = lookout();
  for (const FoundTransaction& each : found) take_in(view, sighting_of(view, each));
}

Outcome<void> Wallet::rescan(bool hard) {
  forget_seen(hard);
  auto refreshed = refresh(0);
  if (!refreshed) return refreshed.error();
  return {};
}

// The real one's clear_soft() and clear(). Notes and attributes stay. clear() also makes a multisig
// wallet forget how far its key exchange came, until it is opened again; for good, when the keys
// file is written before.
void Wallet::forget_seen(bool hard) {
  WalletMoney fresh;
  fresh.notes = std::move(cache_.money.notes);
  if (hard) {
    cache_.subaddresses.start_over();
    cache_.address_book.clear();
    if (keys_.multisig) keys_.multisig->rounds_done = 0;
  } else {
    fresh.tx_keys = std::move(cache_.money.tx_keys);
  }
  cache_.money = std::move(fresh);
}

}  // namespace escrowstorm::mockrpc
