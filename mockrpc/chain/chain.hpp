// The mock's blockchain as one monerod on regtest has it: blocks, a pool, which outputs there are
// and which are spent. Deterministic: its hashes come from its stream, its times from the clock.
// Lives on the world's executor; outlives the fleet whose wallets look at it.
#pragma once

#include <cstdint>
#include <map>
#include <memory>
#include <optional>
#include <span>
#include <unordered_map>
#include <vector>

#include "base/clock.hpp"
#include "base/random.hpp"
#include "mockrpc/chain/block.hpp"

namespace escrowstorm::mockrpc {

// Where an output stands.
struct OutputPlace {
  std::shared_ptr<const Transaction> transaction;
  std::uint32_t index = 0;         // among the outputs of its transaction
  std::uint64_t global_index = 0;  // among all outputs of the chain
  std::uint64_t height = 0;        // of its block

  const TxOutput& output() const { return transaction->outputs[index]; }
};

struct FoundTransaction {
  std::shared_ptr<const Transaction> transaction;
  std::optional<std::uint64_t> height;  // none: in the pool
  std::uint64_t timestamp = 0;          // of the block, or of its arrival in the pool
};

// A block that somebody has seen.
struct BlockMark {
  std::uint64_t height = 0;
  Bytes32 hash{};

  friend bool operator==(const BlockMark&, const BlockMark&) = default;
};

enum class SubmitRefusal : unsigned char {
  double_spend,    // a key image is spent in the chain or in the pool
  unknown_output,  // spends what is not on the chain
  money_from_air,  // outputs and fee are not what the inputs hold
};

class Chain {
 public:
  // `clock` outlives it. `unix_time` is the wall clock's second at the beginning of the world.
  Chain(const Clock& clock, std::uint64_t unix_time, RandomStream random);

  // How many blocks there are, the first included: the height of the next one.
  std::uint64_t height() const;
  // REQUIRES: height < height().
  const Block& block(std::uint64_t height) const;
  std::optional<std::uint64_t> height_of(const Bytes32& block_hash) const;

  // Mines a block with all that is in the pool; its reward goes to the address with this spend key.
  const Block& mine(const CurvePoint& recipient);

  // Takes the last blocks away; their transactions go back to the pool. The first block stays.
  // Returns how many blocks went.
  std::uint64_t pop(std::uint64_t count);

  // Into the pool. One that is there already is taken as well: nothing happens.
  std::optional<SubmitRefusal> submit(Transaction transaction);
  void flush_pool();
  void flush_from_pool(const Bytes32& hash);
  // In the order of arrival.
  std::vector<FoundTransaction> pool() const;

  std::optional<FoundTransaction> find(const Bytes32& hash) const;

  // For wallets. The outputs for this recipient in blocks from `height` on, oldest first: costs no
  // more than what it returns.
  std::vector<OutputPlace> received(const CurvePoint& recipient, std::uint64_t height) const;
  // The transaction that spends it, in a block or in the pool.
  std::optional<FoundTransaction> spender(const Bytes32& key_image) const;
  // The highest of these blocks that is still in the chain. `marks` are in falling height.
  std::uint64_t common_height(std::span<const BlockMark> marks) const;
  // How many outputs there are that may serve as decoys now.
  std::uint64_t spendable_outputs() const;
};

}  // namespace escrowstorm::mockrpc
