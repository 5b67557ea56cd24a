// The outputs of the chain's blocks: by recipient for wallets, by key image for who spends them.
// Blocks come and go at the end only. Internal to Chain.
#pragma once

#include <cstdint>
#include <cstring>
#include <unordered_map>
#include <vector>

#include "mockrpc/chain/block.hpp"

namespace escrowstorm::mockrpc {

// Keys and hashes are as good as random: any eight bytes of them will do.
struct BytesHash {
  std::size_t operator()(const Bytes32& bytes) const {
    std::size_t hash = 0;
    std::memcpy(&hash, bytes.data(), sizeof hash);
    return hash;
  }
  std::size_t operator()(const CurvePoint& point) const { return (*this)(point.bytes); }
};

// Where an output stands.
struct OutputPlace {
  std::shared_ptr<const Transaction> transaction;
  std::uint32_t index = 0;         // among the outputs of its transaction
  std::uint64_t global_index = 0;  // among the chain's, without the first block's
  std::uint64_t height = 0;        // of its block

  const TxOutput& output() const { return transaction->outputs[index]; }
};

class OutputIndex {
 public:
  void add(const Block& block);
  void remove_last(const Block& block);

  // Oldest first, from `height` on.
  std::vector<OutputPlace> received(const CurvePoint& recipient, std::uint64_t height) const;
  const OutputPlace* with_key_image(const Bytes32& key_image) const;
  // Of blocks below `height`, the first block's left out.
  std::uint64_t coinbase_outputs_below(std::uint64_t height) const;
  std::uint64_t other_outputs_below(std::uint64_t height) const;
  std::uint64_t below(std::uint64_t height) const;  // all of them

 private:
  void add(const std::shared_ptr<const Transaction>& transaction, std::uint64_t height);
  void remove(const Transaction& transaction);

  std::unordered_map<CurvePoint, std::vector<OutputPlace>, BytesHash> by_recipient_;
  std::unordered_map<Bytes32, OutputPlace, BytesHash> by_key_image_;
  std::vector<std::uint64_t> outputs_up_to_;  // by height: with that block's own
  std::uint64_t next_global_index_ = 0;
};

}  // namespace escrowstorm::mockrpc
