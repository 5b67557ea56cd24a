// The mock's blockchain as one monerod on regtest has it: blocks, a pool, which outputs there are
// and which are spent. Deterministic: its output keys come from its stream, its times from the
// clock. Lives on the world's executor; outlives the fleet whose wallets look at it.
#pragma once

#include <cstdint>
#include <deque>
#include <memory>
#include <optional>
#include <set>
#include <unordered_map>
#include <vector>

#include "base/clock.hpp"
#include "base/random.hpp"
#include "mockrpc/chain/block.hpp"
#include "mockrpc/chain/output_index.hpp"
#include "mockrpc/chain/pool.hpp"

namespace escrowstorm::mockrpc {

struct FoundTransaction {
  std::shared_ptr<const Transaction> transaction;
  std::optional<std::uint64_t> height;      // none: in the pool
  std::uint64_t timestamp = 0;              // of the block, or of its arrival in the pool
  PoolOrigin origin = PoolOrigin::relayed;  // of one in the pool
};

// A block that somebody has seen.
struct BlockMark {
  std::uint64_t height = 0;
  Bytes32 hash{};

  friend bool operator==(const BlockMark&, const BlockMark&) = default;
};

enum class SubmitRefusal : unsigned char {
  double_spend,     // a key image is spent in the chain or in the pool
  unknown_output,   // spends what is not on the chain
  locked_output,    // spends what is not unlocked yet
  money_from_air,   // outputs and fee are not what the inputs hold
  reused_key,       // an output's key is that of another
  too_few_outputs,  // less than two
  too_big,          // weighs more than the real one relays
};

class Chain {
 public:
  // `clock` outlives it. `unix_time` is the wall clock's second at the beginning of the world.
  Chain(const Clock& clock, std::uint64_t unix_time, RandomStream random);

  // Seconds since 1970: now, and as the last blocks tell it, which is what unlocks outputs by time.
  std::uint64_t unix_time() const;
  std::uint64_t adjusted_time() const;

  // How many blocks there are, the first included: the height of the next one.
  std::uint64_t height() const { return blocks_.size(); }
  // The reference holds until the block is popped. REQUIRES: height < height().
  const Block& block(std::uint64_t height) const;
  const Block& top() const { return blocks_.back(); }
  std::optional<std::uint64_t> height_of(const Bytes32& block_hash) const;

  // Mines a block with what pays for its place of all that is in the pool, as monerod chooses; its
  // reward goes to the address with this spend key.
  const Block& mine(const CurvePoint& recipient, std::uint32_t nonce = 0);

  // Takes the last blocks away; their transactions go back to the pool. The first block stays.
  // Returns how many blocks went.
  std::uint64_t pop(std::uint64_t count);

  // Into the pool. One that is there already, or in a block, is taken as well: nothing happens.
  // REQUIRES: no coinbase.
  std::optional<SubmitRefusal> submit(Transaction transaction,
                                      PoolOrigin origin = PoolOrigin::relayed);
  // One that was held back goes on to others. False when it is not in the pool.
  bool relay(const Bytes32& hash) { return pool_.relay(hash); }
  void flush_pool();
  void flush_from_pool(const Bytes32& hash);  // nothing happens when it is not there
  // In the order of arrival.
  std::vector<FoundTransaction> pool() const;
  std::vector<FoundTransaction> pool_of(const std::set<Bytes32>& hashes) const;  // those of them
  std::size_t pool_size() const { return pool_.size(); }
  // Of all in it that pay at least this much for each unit of weight, in atomic units.
  std::uint64_t pool_weight_paying(std::uint64_t rate) const { return pool_.weight_paying(rate); }

  std::optional<FoundTransaction> find(const Bytes32& hash) const;
  // All transactions in blocks but coinbases.
  std::uint64_t transaction_count() const { return transaction_count_; }

  // For wallets. The outputs for this recipient in blocks from `height` on, oldest first, and the
  // transactions in the pool that pay it: either costs no more than what it returns.
  std::vector<OutputPlace> received(const CurvePoint& recipient, std::uint64_t height) const {
    return outputs_.received(recipient, height);
  }
  std::vector<FoundTransaction> received_in_pool(const CurvePoint& recipient) const;
  // The output that this key image spends, when it is in a block; until the chain changes.
  const OutputPlace* output_of(const Bytes32& key_image) const {
    return outputs_.with_key_image(key_image);
  }
  // The transaction that spends it, in a block or in the pool.
  std::optional<FoundTransaction> spender(const Bytes32& key_image) const;
  // The height of the last block that this chain and the one that ends with `last` have in common;
  // 0 when such a block was never in this chain, since all begin alike.
  std::uint64_t common_height(BlockMark last) const;
  // Whether a transaction in the next block may spend an output of the block at `height`.
  bool unlocked(std::uint64_t height, std::uint64_t unlock_time) const;
  // How many outputs there are in blocks below `height`, which is the global index of the first one
  // of that block. REQUIRES: height <= this->height().
  std::uint64_t outputs_below(std::uint64_t height) const { return outputs_.below(height); }
  // How many outputs there are that may serve as decoys now.
  std::uint64_t spendable_outputs() const;

 private:
  struct Place {
    std::shared_ptr<const Transaction> transaction;
    std::uint64_t height = 0;
  };

  std::optional<SubmitRefusal> check(const Transaction& transaction) const;
  std::optional<SubmitRefusal> check_inputs(const Transaction& transaction) const;
  bool reuses_keys(const Transaction& transaction) const;
  std::vector<std::shared_ptr<const Transaction>> template_transactions() const;
  std::shared_ptr<const Transaction> make_coinbase(const CurvePoint& recipient, Amount reward);
  void append(Block block);

  const Clock& clock_;
  std::uint64_t began_;
  RandomStream random_;
  std::deque<Block> blocks_;
  OutputIndex outputs_;
  Pool pool_;
  std::unordered_map<Bytes32, std::uint64_t, BytesHash> heights_;  // by block hash
  std::unordered_map<Bytes32, Bytes32, BytesHash> popped_;         // the block before, by hash
  std::unordered_map<Bytes32, Place, BytesHash> mined_;            // by transaction hash
  std::unordered_map<Bytes32, Bytes32, BytesHash> spenders_;       // transaction by key image
  std::uint64_t transaction_count_ = 0;
};

}  // namespace escrowstorm::mockrpc
