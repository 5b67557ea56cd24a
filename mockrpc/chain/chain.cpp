#include "mockrpc/chain/chain.hpp"

#include <algorithm>
#include <boost/assert.hpp>
#include <set>

#include "mockrpc/chain/blob.hpp"
#include "mockrpc/chain/emission.hpp"

namespace escrowstorm::mockrpc {
namespace {

// From here on an unlock time is a second since 1970, below it is a height.
constexpr std::uint64_t unlock_heights_end = 500'000'000;
constexpr std::uint64_t unlock_leeway_seconds = 120;

constexpr std::size_t outputs_min = 2;
constexpr std::uint64_t transaction_weight_max = block_weight_median / 2 - coinbase_weight_reserved;

constexpr std::uint64_t block_seconds = 120;    // that there should be between two blocks
constexpr std::uint64_t timestamp_window = 60;  // blocks

// Whether a pays more for its weight.
bool pays_more(const Transaction& a, const Transaction& b) {
  __extension__ using Wide = unsigned __int128;
  return static_cast<Wide>(a.fee.atomic()) * b.weight >
         static_cast<Wide>(b.fee.atomic()) * a.weight;
}

FoundTransaction in_pool(const PoolEntry& entry) {
  return {entry.transaction, std::nullopt, entry.timestamp, entry.origin};
}

std::vector<FoundTransaction> in_pool(const std::vector<PoolEntry>& entries) {
  std::vector<FoundTransaction> all;
  all.reserve(entries.size());
  for (const PoolEntry& entry : entries) all.push_back(in_pool(entry));
  return all;
}

}  // namespace

Chain::Chain(const Clock& clock, std::uint64_t unix_time, RandomStream random)
    : clock_(clock), began_(unix_time), random_(random) {
  append(first_block());
}

std::uint64_t Chain::unix_time() const {
  const auto passed = clock_.now().time_since_epoch();
  return began_ +
         static_cast<std::uint64_t>(std::chrono::floor<std::chrono::seconds>(passed).count());
}

std::uint64_t Chain::adjusted_time() const {
  if (height() < timestamp_window) return unix_time();
  std::vector<std::uint64_t> times;
  for (std::uint64_t h = height() - timestamp_window; h < height(); ++h)
    times.push_back(blocks_[h].timestamp);
  std::sort(times.begin(), times.end());
  const std::uint64_t median = (times[timestamp_window / 2 - 1] + times[timestamp_window / 2]) / 2;
  return std::min(median + (timestamp_window + 1) * block_seconds / 2,
                  top().timestamp + block_seconds);
}

const Block& Chain::block(std::uint64_t height) const {
  BOOST_ASSERT(height < blocks_.size());
  return blocks_[height];
}

std::optional<std::uint64_t> Chain::height_of(const Bytes32& block_hash) const {
  const auto found = heights_.find(block_hash);
  if (found == heights_.end()) return std::nullopt;
  return found->second;
}

const Block& Chain::mine(const CurvePoint& recipient, std::uint32_t nonce) {
  Block block;
  block.nonce = nonce;
  block.height = height();
  block.previous = top().hash;
  block.timestamp = unix_time();
  block.transactions = template_transactions();

  std::uint64_t fees = 0;
  for (const auto& transaction : block.transactions) fees += transaction->fee.atomic();
  // The weight of a coinbase hangs on its amount: once with what it would be, as monerod does.
  Amount base = *block_reward(top().generated, 0);
  for (int round = 0; round < 2; ++round) {
    block.reward = *base.plus(Amount::from_atomic(fees));
    block.coinbase = make_coinbase(recipient, block.reward);
    base = *block_reward(top().generated, block_weight(block));
  }
  block.generated = *top().generated.plus(base);
  block.hash = block_hash(block);
  append(std::move(block));
  return top();
}

// Those that pay most for their weight come first. One that costs the miner more than it pays,
// since it makes the block too heavy, is passed over.
std::vector<std::shared_ptr<const Transaction>> Chain::template_transactions() const {
  std::vector<PoolEntry> waiting = pool_.entries();
  std::stable_sort(waiting.begin(), waiting.end(), [](const PoolEntry& a, const PoolEntry& b) {
    return pays_more(*a.transaction, *b.transaction);
  });
  std::vector<std::shared_ptr<const Transaction>> taken;
  std::uint64_t weight = 0;
  std::uint64_t fees = 0;
  std::uint64_t best = block_reward(top().generated, 0)->atomic();
  for (const PoolEntry& entry : waiting) {
    if (entry.origin == PoolOrigin::held_back) continue;
    const Transaction& transaction = *entry.transaction;
    if (weight + transaction.weight > block_weight_limit - coinbase_weight_reserved) continue;
    const Amount base = *block_reward(top().generated, weight + transaction.weight);
    const std::uint64_t earned = base.atomic() + fees + transaction.fee.atomic();
    if (earned < best || check_inputs(transaction)) continue;
    taken.push_back(entry.transaction);
    weight += transaction.weight;
    fees += transaction.fee.atomic();
    best = earned;
  }
  return taken;
}

std::shared_ptr<const Transaction> Chain::make_coinbase(const CurvePoint& recipient,
                                                        Amount reward) {
  auto coinbase = std::make_shared<Transaction>();
  coinbase->coinbase = true;
  coinbase->unlock_time = height() + coinbase_lock_blocks;
  TxOutput output;
  output.recipient = recipient;
  output.amount = reward;
  random_.fill(output.key);
  coinbase->outputs.push_back(output);
  const std::string blob = coinbase_blob(*coinbase, height());
  coinbase->weight = blob.size();
  coinbase->hash = coinbase_hash(blob);
  return coinbase;
}

void Chain::append(Block block) {
  heights_.emplace(block.hash, block.height);
  mined_.emplace(block.coinbase->hash, Place{block.coinbase, block.height});
  for (const auto& transaction : block.transactions) {
    pool_.remove(transaction->hash);
    mined_.emplace(transaction->hash, Place{transaction, block.height});
  }
  transaction_count_ += block.transactions.size();
  outputs_.add(block);
  blocks_.push_back(std::move(block));
}

std::uint64_t Chain::pop(std::uint64_t count) {
  const std::uint64_t popped = std::min(count, height() - 1);
  for (std::uint64_t i = 0; i < popped; ++i) {
    const Block block = std::move(blocks_.back());
    blocks_.pop_back();
    outputs_.remove_last(block);
    heights_.erase(block.hash);
    popped_.emplace(block.hash, block.previous);
    mined_.erase(block.coinbase->hash);
    const std::uint64_t now = unix_time();
    for (auto it = block.transactions.rbegin(); it != block.transactions.rend(); ++it) {
      mined_.erase((*it)->hash);
      pool_.push_front({*it, now, PoolOrigin::popped});
    }
    transaction_count_ -= block.transactions.size();
  }
  return popped;
}

std::optional<SubmitRefusal> Chain::submit(Transaction transaction, PoolOrigin origin) {
  BOOST_ASSERT(!transaction.coinbase);
  if (pool_.find(transaction.hash) || mined_.contains(transaction.hash)) return std::nullopt;
  if (const auto refusal = check(transaction)) return refusal;
  for (const Bytes32& key_image : transaction.key_images)
    spenders_.emplace(key_image, transaction.hash);
  pool_.push_back(
      {std::make_shared<const Transaction>(std::move(transaction)), unix_time(), origin});
  return std::nullopt;
}

std::optional<SubmitRefusal> Chain::check(const Transaction& transaction) const {
  if (transaction.weight > transaction_weight_max) return SubmitRefusal::too_big;
  if (transaction.outputs.size() < outputs_min) return SubmitRefusal::too_few_outputs;
  const std::set<Bytes32> distinct(transaction.key_images.begin(), transaction.key_images.end());
  if (distinct.size() != transaction.key_images.size()) return SubmitRefusal::double_spend;
  for (const Bytes32& key_image : distinct)
    if (spenders_.contains(key_image)) return SubmitRefusal::double_spend;
  if (const auto refusal = check_inputs(transaction)) return refusal;
  if (reuses_keys(transaction)) return SubmitRefusal::reused_key;

  Amount in;  // of outputs on the chain: their sum is no more than there is
  for (const Bytes32& key_image : distinct)
    in = *in.plus(outputs_.with_key_image(key_image)->output().amount);
  std::optional<Amount> out = transaction.fee;
  for (const TxOutput& output : transaction.outputs)
    if (out) out = out->plus(output.amount);
  if (out != in || in == Amount()) return SubmitRefusal::money_from_air;
  return std::nullopt;
}

// Two outputs with one key would have one key image, and only one could be spent.
bool Chain::reuses_keys(const Transaction& transaction) const {
  std::set<Bytes32> keys;
  return std::any_of(transaction.outputs.begin(), transaction.outputs.end(),
                     [&](const TxOutput& output) {
                       return !keys.insert(output.key).second || pool_.has_key(output.key) ||
                              outputs_.with_key_image(key_image_of(output));
                     });
}

std::optional<SubmitRefusal> Chain::check_inputs(const Transaction& transaction) const {
  for (const Bytes32& key_image : transaction.key_images) {
    const OutputPlace* place = outputs_.with_key_image(key_image);
    if (!place) return SubmitRefusal::unknown_output;
    if (!unlocked(place->height, place->transaction->unlock_time))
      return SubmitRefusal::locked_output;
  }
  return std::nullopt;
}

// What it spends is unspent again.
void Chain::flush_from_pool(const Bytes32& hash) {
  const PoolEntry* entry = pool_.find(hash);
  if (!entry) return;
  for (const Bytes32& key_image : entry->transaction->key_images) spenders_.erase(key_image);
  pool_.remove(hash);
}

void Chain::flush_pool() {
  for (const PoolEntry& entry : pool_.entries()) flush_from_pool(entry.transaction->hash);
}

std::vector<FoundTransaction> Chain::pool() const { return in_pool(pool_.entries()); }

std::vector<FoundTransaction> Chain::pool_of(const std::set<Bytes32>& hashes) const {
  return in_pool(pool_.entries_of(hashes));
}

std::vector<FoundTransaction> Chain::received_in_pool(const CurvePoint& recipient) const {
  return in_pool(pool_.paying(recipient));
}

std::optional<FoundTransaction> Chain::find(const Bytes32& hash) const {
  if (const PoolEntry* entry = pool_.find(hash)) return in_pool(*entry);
  const auto found = mined_.find(hash);
  if (found == mined_.end()) return std::nullopt;
  const auto& [transaction, height] = found->second;
  return FoundTransaction{transaction, height, blocks_[height].timestamp, PoolOrigin::relayed};
}

std::optional<FoundTransaction> Chain::spender(const Bytes32& key_image) const {
  const auto found = spenders_.find(key_image);
  if (found == spenders_.end()) return std::nullopt;
  return find(found->second);
}

std::uint64_t Chain::common_height(BlockMark last) const {
  while (last.height > 0 && (last.height >= height() || blocks_[last.height].hash != last.hash)) {
    const auto popped = popped_.find(last.hash);
    if (popped == popped_.end()) return 0;
    last = {last.height - 1, popped->second};
  }
  return last.height;
}

bool Chain::unlocked(std::uint64_t height, std::uint64_t unlock_time) const {
  if (height + output_lock_blocks > this->height()) return false;
  if (unlock_time < unlock_heights_end) return this->height() >= unlock_time;
  return adjusted_time() + unlock_leeway_seconds >= unlock_time;
}

std::uint64_t Chain::spendable_outputs() const {
  const auto below = [this](std::uint64_t lock) {
    return height() >= lock ? height() - lock + 1 : 0;
  };
  return outputs_.coinbase_outputs_below(below(coinbase_lock_blocks)) +
         outputs_.other_outputs_below(below(output_lock_blocks));
}

}  // namespace escrowstorm::mockrpc
