#include "tests/mockrpc/properties/ledger.hpp"

#include <rapidcheck.h>

#include <algorithm>

namespace escrowstorm::mockrpc::properties {
namespace {

constexpr std::uint64_t output_lock = 10;
constexpr std::uint64_t coinbase_lock = 60;
constexpr std::uint64_t emission_shift = 19;  // of blocks two minutes apart
constexpr std::uint64_t tail_emission = 600'000'000'000;

// No block here is so heavy that it pays less.
Amount emission(Amount made) {
  return Amount::from_atomic(
      std::max((~std::uint64_t{0} - made.atomic()) >> emission_shift, tail_emission));
}

}  // namespace

Amount sum(Amount a, Amount b) {
  const auto both = a.plus(b);
  RC_ASSERT(both.has_value());
  return *both;
}

Amount total_out(const Transaction& transaction) {
  Amount out = transaction.fee;
  for (const TxOutput& output : transaction.outputs) out = sum(out, output.amount);
  return out;
}

Ledger::Ledger(const Chain& chain) : height_(chain.height()) {
  made_ = total_out(*chain.block(0).coinbase);
  add_outputs(*chain.block(0).coinbase, 0);
  for (std::uint64_t height = 1; height < height_; ++height) add_block(chain.block(height));
  Amount unspent;
  for (const auto& [key_image, coin] : coins_)
    if (!coin.spent) unspent = sum(unspent, coin.amount);
  RC_ASSERT(unspent == made_);
  for (const FoundTransaction& waiting : chain.pool()) add_waiting(*waiting.transaction);
}

void Ledger::add_block(const Block& block) {
  Amount fees;
  for (const auto& transaction : block.transactions) {
    RC_ASSERT(worth(transaction->key_images) == total_out(*transaction));
    for (const Bytes32& key_image : transaction->key_images) {
      Coin& coin = coins_.at(key_image);
      RC_ASSERT(!coin.spent);
      RC_ASSERT(coin.unlocks_at <= block.height);
      coin.spent = true;
    }
    fees = sum(fees, transaction->fee);
  }
  for (const auto& transaction : block.transactions) add_outputs(*transaction, block.height);
  const Amount fresh = emission(made_);
  RC_ASSERT(total_out(*block.coinbase) == sum(fresh, fees));
  made_ = sum(made_, fresh);
  add_outputs(*block.coinbase, block.height);
}

void Ledger::add_outputs(const Transaction& transaction, std::uint64_t height) {
  RC_ASSERT(hashes_.insert(transaction.hash).second);
  for (const TxOutput& output : transaction.outputs) {
    const Coin coin{output.amount, output.recipient,
                    height + (transaction.coinbase ? coinbase_lock : output_lock), false};
    RC_ASSERT(coins_.emplace(key_image_of(output), coin).second);
  }
}

// What it spends may be in a block no longer, after a reorganisation.
void Ledger::add_waiting(const Transaction& transaction) {
  RC_ASSERT(hashes_.insert(transaction.hash).second);
  const auto in = worth(transaction.key_images);
  if (in) RC_ASSERT(*in == total_out(transaction));
  for (const Bytes32& key_image : transaction.key_images) {
    RC_ASSERT(waiting_.insert(key_image).second);
    const auto coin = coins_.find(key_image);
    if (coin != coins_.end()) RC_ASSERT(!coin->second.spent);
  }
}

Amount Ledger::held_by(const Owners& owners) const {
  Amount held;
  for (const auto& [key_image, coin] : coins_)
    if (!coin.spent && owners.contains(coin.owner)) held = sum(held, coin.amount);
  return held;
}

Amount Ledger::unlocked_of(const Owners& owners) const {
  Amount held;
  for (const auto& [key_image, coin] : coins_)
    if (!coin.spent && owners.contains(coin.owner) && coin.unlocks_at <= height_)
      held = sum(held, coin.amount);
  return held;
}

std::optional<Amount> Ledger::worth(const std::vector<Bytes32>& key_images) const {
  Amount in;
  for (const Bytes32& key_image : key_images) {
    const auto coin = coins_.find(key_image);
    if (coin == coins_.end()) return std::nullopt;
    in = sum(in, coin->second.amount);
  }
  return in;
}

bool Ledger::belong_to(const Owners& owners, const std::vector<Bytes32>& key_images) const {
  return std::all_of(key_images.begin(), key_images.end(), [&](const Bytes32& key_image) {
    const auto coin = coins_.find(key_image);
    return coin != coins_.end() && owners.contains(coin->second.owner);
  });
}

bool Ledger::takes(const Transaction& transaction) const {
  if (hashes_.contains(transaction.hash)) return true;
  return std::all_of(transaction.key_images.begin(), transaction.key_images.end(),
                     [&](const Bytes32& key_image) {
                       const auto coin = coins_.find(key_image);
                       return coin != coins_.end() && !coin->second.spent &&
                              coin->second.unlocks_at <= height_ && !waiting_.contains(key_image);
                     });
}

}  // namespace escrowstorm::mockrpc::properties
