// Who holds what, read off a chain block by block and by monero's rules as they stand on paper.
// Made anew when it is asked; it asks nothing of the mock's own bookkeeping. Fails the property
// when a transaction does not add up or a coin is spent twice.
#pragma once

#include <map>
#include <set>
#include <vector>

#include "mockrpc/chain/chain.hpp"

namespace escrowstorm::mockrpc::properties {

// Fails the property when that is more than an amount can be.
Amount sum(Amount a, Amount b);

class Ledger {
 public:
  explicit Ledger(const Chain& chain);

  using Owners = std::set<CurvePoint>;

  // In blocks and not spent by a block.
  Amount held_by(const Owners& owners) const;
  // Of that, what the next block may spend.
  Amount unlocked_of(const Owners& owners) const;

  // What these key images spend, all of them: nothing when one is none of a block's outputs.
  std::optional<Amount> worth(const std::vector<Bytes32>& key_images) const;
  bool belong_to(const Owners& owners, const std::vector<Bytes32>& key_images) const;
  // Whether a node takes it.
  bool takes(const Transaction& transaction) const;

 private:
  struct Coin {
    Amount amount;
    CurvePoint owner;
    std::uint64_t unlocks_at = 0;  // height of the first block that may spend it
    bool spent = false;
  };

  void add_block(const Block& block);
  void add_outputs(const Transaction& transaction, std::uint64_t height);
  void add_waiting(const Transaction& transaction);

  std::uint64_t height_;
  Amount made_;                    // all coins, without fees
  std::map<Bytes32, Coin> coins_;  // by key image
  std::set<Bytes32> waiting_;      // key images that the pool spends
  std::set<Bytes32> hashes_;       // of transactions in blocks and pool
};

Amount total_out(const Transaction& transaction);  // with its fee

}  // namespace escrowstorm::mockrpc::properties
