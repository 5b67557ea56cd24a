#include "mockrpc/chain/output_index.hpp"

#include <algorithm>
#include <boost/assert.hpp>

namespace escrowstorm::mockrpc {

void OutputIndex::add(const Block& block) {
  BOOST_ASSERT(block.height == outputs_up_to_.size());
  add(block.coinbase, block.height);
  for (const auto& transaction : block.transactions) add(transaction, block.height);
  // Before RingCT outputs were numbered among those of their amount: the first block's is alone.
  if (block.height == 0) next_global_index_ = 0;
  outputs_up_to_.push_back(next_global_index_);
}

void OutputIndex::add(const std::shared_ptr<const Transaction>& transaction, std::uint64_t height) {
  for (std::uint32_t i = 0; i < transaction->outputs.size(); ++i) {
    const OutputPlace place{transaction, i, next_global_index_++, height};
    by_recipient_[place.output().recipient].push_back(place);
    by_key_image_.emplace(key_image_of(place.output()), place);
  }
}

void OutputIndex::remove_last(const Block& block) {
  BOOST_ASSERT(block.height > 0 && block.height + 1 == outputs_up_to_.size());
  for (auto it = block.transactions.rbegin(); it != block.transactions.rend(); ++it) remove(**it);
  remove(*block.coinbase);
  outputs_up_to_.pop_back();
  next_global_index_ = outputs_up_to_.back();
}

void OutputIndex::remove(const Transaction& transaction) {
  for (const TxOutput& output : transaction.outputs) {
    const auto places = by_recipient_.find(output.recipient);
    places->second.pop_back();
    if (places->second.empty()) by_recipient_.erase(places);
    by_key_image_.erase(key_image_of(output));
  }
}

std::vector<OutputPlace> OutputIndex::received(const CurvePoint& recipient,
                                               std::uint64_t height) const {
  const auto found = by_recipient_.find(recipient);
  if (found == by_recipient_.end()) return {};
  const auto& places = found->second;
  const auto begin =
      std::lower_bound(places.begin(), places.end(), height,
                       [](const OutputPlace& place, std::uint64_t h) { return place.height < h; });
  return {begin, places.end()};
}

const OutputPlace* OutputIndex::with_key_image(const Bytes32& key_image) const {
  const auto found = by_key_image_.find(key_image);
  return found == by_key_image_.end() ? nullptr : &found->second;
}

std::uint64_t OutputIndex::below(std::uint64_t height) const {
  return height == 0 ? 0 : outputs_up_to_[height - 1];
}

std::uint64_t OutputIndex::coinbase_outputs_below(std::uint64_t height) const {
  return height == 0 ? 0 : height - 1;  // one each
}

std::uint64_t OutputIndex::other_outputs_below(std::uint64_t height) const {
  return below(height) - coinbase_outputs_below(height);
}

}  // namespace escrowstorm::mockrpc
