// The transactions that wait for a block, in the order of their arrival. Internal to Chain, which
// decides what may come in.
#pragma once

#include <cstdint>
#include <map>
#include <set>
#include <unordered_map>
#include <unordered_set>
#include <utility>
#include <vector>

#include "mockrpc/chain/output_index.hpp"

namespace escrowstorm::mockrpc {

enum class PoolOrigin : unsigned char {
  relayed,    // sent on to others
  held_back,  // not to be sent on: no block takes it
  popped,     // was in a block that is gone
};

struct PoolEntry {
  std::shared_ptr<const Transaction> transaction;
  std::uint64_t timestamp = 0;  // of its arrival
  PoolOrigin origin = PoolOrigin::relayed;
};

class Pool {
 public:
  void push_back(PoolEntry entry);
  void push_front(PoolEntry entry);  // before all others
  // False when there is none of that hash.
  bool relay(const Bytes32& hash);
  // Nothing when there is none of that hash.
  void remove(const Bytes32& hash);

  std::size_t size() const { return entries_.size(); }
  // Whether an output of one of them has this key.
  bool has_key(const Bytes32& key) const { return output_keys_.contains(key); }
  const PoolEntry* find(const Bytes32& hash) const;
  std::vector<PoolEntry> entries() const;
  // Those of them that are there, in the order of arrival.
  std::vector<PoolEntry> entries_of(const std::set<Bytes32>& hashes) const;
  // Of all that pay at least this much for each unit of weight, in atomic units.
  std::uint64_t weight_paying(std::uint64_t rate) const;
  // Those that pay this recipient.
  std::vector<PoolEntry> paying(const CurvePoint& recipient) const;

 private:
  using Place = std::int64_t;
  void insert(Place place, PoolEntry entry);

  std::map<Place, PoolEntry> entries_;
  std::unordered_map<Bytes32, Place, BytesHash> by_hash_;
  std::set<std::pair<CurvePoint, Place>> by_recipient_;
  std::unordered_set<Bytes32, BytesHash> output_keys_;
  Place front_ = 0;  // of the next to come before all others
  Place back_ = 1;   // of the next to come after
};

}  // namespace escrowstorm::mockrpc
