#include "mockrpc/wallet/refresh.hpp"

#include <algorithm>
#include <string>
#include <vector>

#include "mockrpc/wallet/pool_watch.hpp"

namespace escrowstorm::mockrpc {
namespace {

constexpr std::uint64_t reorganised_blocks_max = 100;
constexpr std::uint64_t hashes_worth_it =
    3;  // so few block hashes and the real one asks for blocks

void know_blocks(Lookout& wallet, std::uint64_t height) {
  wallet.money.height = height;
  wallet.money.last_seen = {height - 1, wallet.chain.block(height - 1).hash};
}

// Passes over blocks by their hashes alone. Whether it did.
bool skip_ahead(Lookout& wallet, std::uint64_t start_height, std::uint64_t common) {
  const std::uint64_t height = wallet.money.height;
  if (start_height <= height && wallet.refresh_from <= height) return false;
  const std::uint64_t stop = start_height == 0 ? wallet.refresh_from : start_height;
  const std::uint64_t top = wallet.top;
  if (common + 1 < height || top <= common + hashes_worth_it || stop <= height) return false;
  know_blocks(wallet, std::min(stop, top));
  return true;
}

Refused too_deep(const Version& version, std::uint64_t depth) {
  if (!version.names_reorganisation_depth) return {"proxy exception in refresh thread"};
  return {
      "reorg exceeds maximum allowed depth, use 'set max-reorg-depth N' to allow it, reorg "
      "depth: " +
      std::to_string(depth)};
}

// Answers how many blocks were fetched. `common`: the highest known block that the chain has.
Outcome<std::uint64_t> refresh_blocks(Lookout& wallet, std::uint64_t common) {
  const std::uint64_t top = wallet.top;
  WalletMoney& money = wallet.money;
  std::uint64_t first = common + 1;
  // A chain that only became shorter is not noticed: nothing in it differs from what is known.
  if (first >= top) return std::uint64_t{0};
  std::uint64_t fetched = top - first;
  if (first < money.height) {
    const std::uint64_t depth = money.height - first;
    if (depth > reorganised_blocks_max) return too_deep(wallet.version, depth);
    detach(money, first);
    --fetched;  // the first one in the place of another does not count
  }
  wallet.unknown_from = 0;
  for (const OwnedOutput& output : money.outputs)
    wallet.unknown_from = std::max(wallet.unknown_from, output.height + 1);
  for (const Sighting& seen : sightings_in_blocks(wallet, first)) take_in(wallet, seen);
  wallet.unknown_from = ~std::uint64_t{0};
  if (top > wallet.refresh_from) money.last_block_reward = wallet.chain.block(top - 1).reward;
  know_blocks(wallet, top);
  return fetched;
}

}  // namespace

Outcome<RefreshResult> refresh(Lookout& wallet, std::uint64_t start_height) {
  WalletMoney& money = wallet.money;
  const auto last_found = [&] {
    return money.outputs.empty() ? Bytes32{} : money.outputs.back().tx_hash;
  };
  const Bytes32 before = last_found();
  if (wallet.first && wallet.version.first_refresh_forgets_pool) {
    money.scanned_pool.clear();
    money.pool_payments.clear();
  }
  std::uint64_t common = std::min(wallet.chain.common_height(money.last_seen), money.height - 1);
  if (skip_ahead(wallet, start_height, common)) common = money.height - 1;
  const std::vector<FoundTransaction> pool = look_at_pool(wallet, true);
  const Outcome<std::uint64_t> fetched = refresh_blocks(wallet, common);
  if (!fetched) return fetched.error();
  RefreshResult result;
  result.blocks_fetched = *fetched;
  result.received_money = last_found() != before;
  take_in_pool(wallet, pool);
  return result;
}

void refresh_without_blocks(Lookout& wallet) {
  const std::vector<FoundTransaction> pool = look_at_pool(wallet, true);
  take_in_pool(wallet, pool);
}

void refresh_pool(Lookout& wallet) { take_in_pool(wallet, look_at_pool(wallet, false)); }

void detach(WalletMoney& money, std::uint64_t height) {
  for (OwnedOutput& output : money.outputs) {
    if (!output.spent || output.spent_height < height) continue;
    output.spent = false;
    output.spent_height = 0;
    output.frozen = false;
  }
  const auto above = [&](const auto& each) { return each.height >= height; };
  money.outputs.erase(std::find_if(money.outputs.begin(), money.outputs.end(), above),
                      money.outputs.end());
  std::erase_if(money.payments, above);
  std::erase_if(money.outgoing, [&](const auto& each) { return above(each.second); });
  money.height = height;
}

void refresh_spent(Lookout& wallet) {
  for (OwnedOutput& output : wallet.money.outputs) {
    if (output.key_image_partial) continue;
    const bool spent = wallet.chain.spender(output.key_image).has_value();
    if (!spent) output.spent_height = 0;
    output.spent = spent;
  }
}

}  // namespace escrowstorm::mockrpc
