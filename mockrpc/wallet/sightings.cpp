// Which transactions of the chain have to do with a wallet.
#include <algorithm>
#include <map>
#include <set>
#include <utility>

#include "mockrpc/wallet/lookout.hpp"

namespace escrowstorm::mockrpc {
namespace {

// Height, and place in the block: 0 is the coinbase.
using Place = std::pair<std::uint64_t, std::size_t>;
using Sightings = std::map<Place, Sighting>;

std::size_t place_in(const Block& block, const Transaction& transaction) {
  if (transaction.coinbase) return 0;
  const auto found = std::find_if(block.transactions.begin(), block.transactions.end(),
                                  [&](const auto& each) { return each.get() == &transaction; });
  return static_cast<std::size_t>(found - block.transactions.begin()) + 1;
}

Sighting& sighting_at(const Block& block, std::size_t place, Sightings& seen,
                      const std::shared_ptr<const Transaction>& transaction) {
  Sighting& sighting = seen[{block.height, place}];
  sighting.transaction = transaction;
  sighting.height = block.height;
  sighting.timestamp = block.timestamp;
  return sighting;
}

Sighting& sighting_at(const Chain& chain, Sightings& seen, std::uint64_t height,
                      const std::shared_ptr<const Transaction>& transaction) {
  const Block& block = chain.block(height);
  return sighting_at(block, place_in(block, *transaction), seen, transaction);
}

// Output by output. One that was looked at before is passed over.
class BlockSearch {
 public:
  BlockSearch(Lookout& wallet, std::uint64_t from, Sightings& seen)
      : wallet_(wallet), from_(from), seen_(seen) {}

  // True when an address was not shown before.
  bool search() {
    expanded_ = false;
    for (std::uint64_t height = from_; height < wallet_.top; ++height) {
      const Block& block = wallet_.chain.block(height);
      std::uint64_t global_index = wallet_.chain.outputs_below(height);
      look_at(block, 0, block.coinbase, global_index);
      for (std::size_t i = 0; i < block.transactions.size(); ++i)
        look_at(block, i + 1, block.transactions[i], global_index);
    }
    return expanded_;
  }

 private:
  void look_at(const Block& block, std::size_t place,
               const std::shared_ptr<const Transaction>& transaction, std::uint64_t& global_index) {
    for (std::uint32_t i = 0; i < transaction->outputs.size(); ++i, ++global_index) {
      const auto index =
          wallet_.addresses.index_of(transaction->outputs[i].recipient, wallet_.shown);
      if (!index || !found_.insert(global_index).second) continue;
      sighting_at(block, place, seen_, transaction).outputs.push_back({i, global_index, *index});
      if (wallet_.shown.contains(*index)) continue;
      wallet_.shown.expand(*index);
      expanded_ = true;
    }
  }

  Lookout& wallet_;
  const std::uint64_t from_;
  Sightings& seen_;
  std::set<std::uint64_t> found_;  // by global index
  bool expanded_ = false;
};

// Money on an address beyond those shown makes it one of them, and so there are more to look at:
// outputs for each address, or addresses for each output, whichever are fewer.
void find_received(Lookout& wallet, std::uint64_t from, Sightings& seen) {
  // A coinbase never pays a subaddress.
  const bool ahead = wallet.chain.transaction_count() > 0;
  const std::uint64_t outputs =
      wallet.chain.outputs_below(wallet.top) - wallet.chain.outputs_below(from);
  if (ahead && outputs < OwnAddresses::watched_count(wallet.shown)) {
    BlockSearch blocks(wallet, from, seen);
    while (blocks.search()) {
    }
    return;
  }
  std::set<SubaddressIndex> done;
  for (bool more = true; more;) {
    more = false;
    for (const auto& [point, index] : wallet.addresses.watched(wallet.shown, ahead)) {
      if (!done.insert(index).second) continue;
      for (const OutputPlace& place : wallet.chain.received(point, from)) {
        if (place.height >= wallet.top) break;
        sighting_at(wallet.chain, seen, place.height, place.transaction)
            .outputs.push_back({place.index, place.global_index, index});
        wallet.shown.expand(index);
        more = true;
      }
    }
  }
}

// Whether it is in a block from there on that the daemon has.
bool is_within(const Lookout& wallet, const FoundTransaction& found, std::uint64_t from) {
  return found.height && *found.height >= from && *found.height < wallet.top;
}

void find_spender(Lookout& wallet, const Bytes32& image, std::uint64_t from, Sightings& seen) {
  const auto found = wallet.chain.spender(image);
  if (found && is_within(wallet, *found, from))
    sighting_at(wallet.chain, seen, *found->height, found->transaction);
}

void find_spent(Lookout& wallet, std::uint64_t from, Sightings& seen) {
  for (const OwnedOutput& output : wallet.money.outputs) {
    const bool is_done = output.spent && output.spent_height > 0;
    if (!output.key_image_partial && !is_done) find_spender(wallet, output.key_image, from, seen);
  }
  for (const auto& [hash, tx] : wallet.money.pending) {
    const auto found = wallet.chain.find(hash);
    if (found && is_within(wallet, *found, from))
      sighting_at(wallet.chain, seen, *found->height, found->transaction);
  }
  if (wallet.multisig) return;
  std::vector<Bytes32> new_images;
  for (const auto& [place, sighting] : seen)
    for (const Sighting::Output& output : sighting.outputs)
      new_images.push_back(key_image_of(sighting.transaction->outputs[output.index]));
  for (const Bytes32& image : new_images) find_spender(wallet, image, from, seen);
}

}  // namespace

std::vector<Sighting> sightings_in_blocks(Lookout& wallet, std::uint64_t height) {
  const std::uint64_t from = std::max(height, wallet.refresh_from);
  if (from >= wallet.top) return {};  // it begins beyond the chain, and nothing is there to be read
  Sightings seen;
  find_received(wallet, from, seen);
  find_spent(wallet, from, seen);
  std::vector<Sighting> all;
  all.reserve(seen.size());
  for (auto& [place, sighting] : seen) {
    std::sort(sighting.outputs.begin(), sighting.outputs.end(),
              [](const auto& a, const auto& b) { return a.index < b.index; });
    all.push_back(std::move(sighting));
  }
  return all;
}

Sighting sighting_of(Lookout& wallet, const FoundTransaction& found) {
  Sighting sighting;
  sighting.transaction = found.transaction;
  sighting.height = found.height;
  sighting.timestamp = found.height ? found.timestamp : wallet.chain.unix_time();
  const auto& outputs = found.transaction->outputs;
  for (std::uint32_t i = 0; i < outputs.size(); ++i) {
    const auto index = wallet.addresses.index_of(outputs[i].recipient, wallet.shown);
    if (!index) continue;
    std::uint64_t global_index = 0;
    if (found.height)
      for (const OutputPlace& place : wallet.chain.received(outputs[i].recipient, *found.height))
        if (place.transaction == found.transaction && place.index == i)
          global_index = place.global_index;
    sighting.outputs.push_back({i, global_index, *index});
  }
  return sighting;
}

}  // namespace escrowstorm::mockrpc
