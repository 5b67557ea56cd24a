// Whatever happens to a chain, no atomic unit appears or vanishes, and what it tells fits together.
#include <gtest/gtest.h>

#include <map>
#include <set>

#include "chain_rig.hpp"

namespace escrowstorm::mockrpc {
namespace {

using rigs::ChainRig;

constexpr unsigned char people = 4;

// All outputs in blocks that no block spends, found by looking at every block.
Amount unspent_in_blocks(const Chain& chain) {
  std::map<Bytes32, Amount> unspent;
  for (std::uint64_t h = 0; h < chain.height(); ++h) {
    const Block& block = chain.block(h);
    std::vector<std::shared_ptr<const Transaction>> all = block.transactions;
    all.push_back(block.coinbase);
    for (const auto& transaction : all) {
      for (const Bytes32& key_image : transaction->key_images)
        EXPECT_EQ(unspent.erase(key_image), 1U);
      for (const TxOutput& output : transaction->outputs)
        unspent.emplace(key_image_of(output), output.amount);
    }
  }
  Amount sum;
  for (const auto& [key_image, amount] : unspent) sum = *sum.plus(amount);
  return sum;
}

class RandomChain : public ChainRig {
 public:
  void step() {
    switch (random.below(8)) {
      case 0:
      case 1:
        mine_for(someone(), 1 + random.below(30));
        break;
      case 2:
        chain.pop(random.below(random.chance(1, 5) ? 80 : 8));
        break;
      case 3:
        flush_something();
        break;
      default:
        submit_something();
    }
  }

  void check() {
    EXPECT_EQ(unspent_in_blocks(chain), chain.top().generated);
    std::set<Bytes32> pool_key_images;
    for (const FoundTransaction& waiting : chain.pool()) {
      for (const Bytes32& key_image : waiting.transaction->key_images) {
        EXPECT_TRUE(pool_key_images.insert(key_image).second);
        EXPECT_EQ(chain.spender(key_image)->transaction, waiting.transaction);
      }
      EXPECT_EQ(chain.find(waiting.transaction->hash)->height, std::nullopt);
    }
    for (unsigned char number = 0; number <= people; ++number) check_received(number);
  }

 private:
  unsigned char someone() { return static_cast<unsigned char>(1 + random.below(people)); }

  void submit_something() {
    std::vector<OutputPlace> chosen;
    const auto places = chain.received(person(someone()), 0);
    if (places.empty()) return;
    for (std::uint64_t i = 0; i <= random.below(3); ++i)
      chosen.push_back(places[random.below(places.size())]);
    Transaction transaction = spend(chosen, someone());
    if (random.chance(1, 8)) transaction.fee = Amount::from_atomic(random.next());
    const bool fits = !chain.submit(std::move(transaction));
    accepted += fits;
    refused += !fits;
  }

  void flush_something() {
    const auto waiting = chain.pool();
    if (random.chance(1, 4)) return chain.flush_pool();
    if (!waiting.empty())
      chain.flush_from_pool(waiting[random.below(waiting.size())].transaction->hash);
  }

  void check_received(unsigned char number) {
    std::uint64_t next_height = 0;
    for (const OutputPlace& place : chain.received(person(number), 0)) {
      EXPECT_GE(place.height, next_height);
      next_height = place.height;
      EXPECT_EQ(chain.find(place.transaction->hash)->height, place.height);
    }
  }

 public:
  int accepted = 0;
  int refused = 0;
};

TEST(ChainRandom, KeepsTheMoney) {
  RandomChain rig;
  rig.mine_for(1, 100);
  for (int i = 0; i < 600; ++i) {
    rig.step();
    if (i % 10 == 0) rig.check();
    if (testing::Test::HasFailure()) FAIL() << "at step " << i;
  }
  rig.check();
  EXPECT_GT(rig.accepted, 50);
  EXPECT_GT(rig.refused, 50);
}

}  // namespace
}  // namespace escrowstorm::mockrpc
