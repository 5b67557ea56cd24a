#include "mockrpc/chain/pool.hpp"

#include <limits>

namespace escrowstorm::mockrpc {

void Pool::push_back(PoolEntry entry) { insert(back_++, std::move(entry)); }

void Pool::push_front(PoolEntry entry) { insert(front_--, std::move(entry)); }

void Pool::insert(Place place, PoolEntry entry) {
  by_hash_.emplace(entry.transaction->hash, place);
  for (const TxOutput& output : entry.transaction->outputs) {
    by_recipient_.insert({output.recipient, place});
    output_keys_.insert(output.key);
  }
  entries_.emplace(place, std::move(entry));
}

bool Pool::relay(const Bytes32& hash) {
  const auto found = by_hash_.find(hash);
  if (found == by_hash_.end()) return false;
  PoolOrigin& origin = entries_.at(found->second).origin;
  if (origin == PoolOrigin::held_back) origin = PoolOrigin::relayed;
  return true;
}

void Pool::remove(const Bytes32& hash) {
  const auto found = by_hash_.find(hash);
  if (found == by_hash_.end()) return;
  const auto entry = entries_.find(found->second);
  for (const TxOutput& output : entry->second.transaction->outputs) {
    by_recipient_.erase({output.recipient, entry->first});
    output_keys_.erase(output.key);
  }
  entries_.erase(entry);
  by_hash_.erase(found);
}

const PoolEntry* Pool::find(const Bytes32& hash) const {
  const auto found = by_hash_.find(hash);
  return found == by_hash_.end() ? nullptr : &entries_.at(found->second);
}

std::vector<PoolEntry> Pool::entries() const {
  std::vector<PoolEntry> all;
  all.reserve(entries_.size());
  for (const auto& [place, entry] : entries_) all.push_back(entry);
  return all;
}

std::vector<PoolEntry> Pool::entries_of(const std::set<Bytes32>& hashes) const {
  std::set<Place> places;
  for (const Bytes32& hash : hashes)
    if (const auto found = by_hash_.find(hash); found != by_hash_.end())
      places.insert(found->second);
  std::vector<PoolEntry> found;
  for (const Place place : places) found.push_back(entries_.at(place));
  return found;
}

std::uint64_t Pool::weight_paying(std::uint64_t rate) const {
  std::uint64_t weight = 0;
  for (const auto& [place, entry] : entries_)
    if (entry.transaction->fee.atomic() >= rate * entry.transaction->weight)
      weight += entry.transaction->weight;
  return weight;
}

std::vector<PoolEntry> Pool::paying(const CurvePoint& recipient) const {
  std::vector<PoolEntry> found;
  auto it = by_recipient_.lower_bound({recipient, std::numeric_limits<Place>::min()});
  for (; it != by_recipient_.end() && it->first == recipient; ++it)
    found.push_back(entries_.at(it->second));
  return found;
}

}  // namespace escrowstorm::mockrpc
