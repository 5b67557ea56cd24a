// The chain: what blocks pay, what is locked, what may be spent, and what a reorganisation undoes.
#include "mockrpc/chain/chain.hpp"

#include <gmock/gmock.h>
#include <gtest/gtest.h>

#include "chain_rig.hpp"
#include "mockrpc/chain/blob.hpp"
#include "mockrpc/chain/emission.hpp"
#include "mockrpc/keys/hex.hpp"
#include "mockrpc/keys/keccak.hpp"

namespace escrowstorm::mockrpc {
namespace {

using rigs::ChainRig;
using rigs::hex;
using testing::ElementsAre;
using testing::IsEmpty;
using testing::Optional;
using testing::SizeIs;

class ChainTest : public testing::Test, protected ChainRig {};

TEST_F(ChainTest, BeginsWithTheFirstBlockOfRegtest) {
  EXPECT_EQ(chain.height(), 1U);
  const Block& first = chain.block(0);
  EXPECT_EQ(hex(first.hash), "418015bb9ae982a1975da7d79277c2705727a56894ba0fb246adaabb1f4632e3");
  EXPECT_EQ(hex(first.coinbase->hash),
            "c88ce9783b4f11190d7b9c17a69c1c52200f9faaee8e98dd07e6811175177139");
  EXPECT_EQ(hex(first.coinbase->outputs.front().key),
            "9b2e4c0281c0b02e7c53291a94d1d0cbff8883f8024f5142ee494ffbbd088071");
  EXPECT_EQ(first.reward, Amount::from_atomic(17'592'186'044'415));
  EXPECT_EQ(first.timestamp, 0U);
  EXPECT_EQ(first.coinbase->unlock_time, 60U);
  EXPECT_EQ(first.coinbase->weight, 80U);
}

// The rewards of the first three blocks of a monerod 0.18.0.0 on regtest.
TEST_F(ChainTest, PaysWhatRegtestPays) {
  EXPECT_EQ(mine_for(1).reward, Amount::from_atomic(35'184'338'534'400));
  EXPECT_EQ(mine_for(1).reward, Amount::from_atomic(35'184'271'425'600));
  EXPECT_EQ(mine_for(1).reward, Amount::from_atomic(35'184'204'316'927));
  EXPECT_EQ(block_weight(chain.top()), 85U);
}

TEST(Emission, EndsInATailAndPunishesHeavyBlocks) {
  const Amount nearly_all = Amount::from_atomic(18'446'744'073'709'551'615U - 1'000'000);
  EXPECT_EQ(block_reward(nearly_all, 0), Amount::from_atomic(600'000'000'000));
  EXPECT_EQ(block_reward(nearly_all, 300'000), Amount::from_atomic(600'000'000'000));
  EXPECT_EQ(block_reward(nearly_all, 450'000), Amount::from_atomic(450'000'000'000));
  EXPECT_EQ(block_reward(nearly_all, 600'000), Amount());
  EXPECT_EQ(block_reward(nearly_all, 600'001), std::nullopt);
}

TEST_F(ChainTest, CoinbaseIsLockedForSixtyBlocks) {
  const Block& block = mine_for(1);
  EXPECT_EQ(block.coinbase->unlock_time, 61U);
  EXPECT_EQ(block.coinbase->outputs.size(), 1U);
  const auto spent = chain.received(person(1), 0).front();
  while (chain.height() < 61) {
    EXPECT_THAT(chain.submit(spend({spent}, 2)), Optional(SubmitRefusal::locked_output));
    mine_for(9);
  }
  EXPECT_EQ(chain.submit(spend({spent}, 2)), std::nullopt);
}

TEST_F(ChainTest, OtherOutputsAreLockedForTenBlocks) {
  const OutputPlace paid = pay_from_fresh_coinbase(2);
  const std::uint64_t height = paid.height;
  while (chain.height() < height + 10) {
    EXPECT_THAT(chain.submit(spend({paid}, 3)), Optional(SubmitRefusal::locked_output));
    mine_for(9);
  }
  EXPECT_EQ(chain.submit(spend({paid}, 3)), std::nullopt);
}

TEST_F(ChainTest, AnUnlockTimeHoldsAlso) {
  EXPECT_FALSE(chain.unlocked(0, 500));
  mine_for(1, 499);
  EXPECT_TRUE(chain.unlocked(0, 500));
  EXPECT_FALSE(chain.unlocked(0, 501));
  EXPECT_TRUE(chain.unlocked(0, chain.adjusted_time() + 120));
  EXPECT_FALSE(chain.unlocked(0, chain.adjusted_time() + 121));
}

TEST_F(ChainTest, RefusesMoneyFromAirAndForeignOutputs) {
  const OutputPlace place = spendable();
  Transaction more = spend({place}, 2);
  more.fee = *more.fee.plus(Amount::from_atomic(1));
  EXPECT_THAT(chain.submit(more), Optional(SubmitRefusal::money_from_air));
  Transaction less = spend({place}, 2);
  less.outputs.pop_back();
  EXPECT_THAT(chain.submit(less), Optional(SubmitRefusal::too_few_outputs));
  Transaction from_nothing = spend({place}, 2);
  from_nothing.key_images.clear();
  EXPECT_THAT(chain.submit(from_nothing), Optional(SubmitRefusal::money_from_air));
  Transaction wrapped = spend({place}, 2);
  wrapped.outputs.front().amount = Amount::from_atomic(~std::uint64_t{0});
  EXPECT_THAT(chain.submit(wrapped), Optional(SubmitRefusal::money_from_air));
  Transaction foreign = spend({place}, 2);
  foreign.key_images.push_back(keccak256("nobody's"));
  EXPECT_THAT(chain.submit(foreign), Optional(SubmitRefusal::unknown_output));
  EXPECT_THAT(chain.pool(), IsEmpty());
}

TEST_F(ChainTest, RefusesWhatIsTooHeavyToRelay) {
  Transaction heavy = spend({spendable()}, 2);
  for (const std::uint64_t weight : {std::uint64_t{149'401}, ~std::uint64_t{0}}) {
    heavy.weight = weight;
    EXPECT_THAT(chain.submit(heavy), Optional(SubmitRefusal::too_big));
  }
  heavy.weight = 149'400;
  EXPECT_EQ(chain.submit(heavy), std::nullopt);
}

TEST_F(ChainTest, RefusesKeysThatAreUsed) {
  const OutputPlace place = spendable();
  Transaction own = spend({place}, 2);
  own.outputs[1].key = own.outputs[0].key;
  EXPECT_THAT(chain.submit(own), Optional(SubmitRefusal::reused_key));
  Transaction of_chain = spend({place}, 2);
  of_chain.outputs[1].key = chain.block(3).coinbase->outputs[0].key;
  EXPECT_THAT(chain.submit(of_chain), Optional(SubmitRefusal::reused_key));
  const Transaction first = spend({place}, 2);
  ASSERT_EQ(chain.submit(first), std::nullopt);
  Transaction of_pool = spend({spendable(1)}, 2);
  of_pool.outputs[1].key = first.outputs[0].key;
  EXPECT_THAT(chain.submit(of_pool), Optional(SubmitRefusal::reused_key));
}

TEST_F(ChainTest, RefusesDoubleSpends) {
  const OutputPlace place = spendable();
  Transaction twice = spend({place}, 2);
  twice.key_images.push_back(twice.key_images.front());
  EXPECT_THAT(chain.submit(twice), Optional(SubmitRefusal::double_spend));

  const Transaction first = spend({place}, 2);
  EXPECT_EQ(chain.submit(first), std::nullopt);
  EXPECT_EQ(chain.submit(first), std::nullopt);  // it is there
  EXPECT_THAT(chain.submit(spend({place}, 3)), Optional(SubmitRefusal::double_spend));
  EXPECT_THAT(chain.pool(), SizeIs(1));
  mine_for(9);
  EXPECT_EQ(chain.submit(first), std::nullopt);  // it is known still
  EXPECT_THAT(chain.pool(), IsEmpty());
  EXPECT_THAT(chain.submit(spend({place}, 3)), Optional(SubmitRefusal::double_spend));
}

TEST_F(ChainTest, WhatIsHeldBackWaitsUntilItIsRelayed) {
  const Transaction held = spend({spendable()}, 2);
  ASSERT_EQ(chain.submit(held, PoolOrigin::held_back), std::nullopt);
  EXPECT_THAT(mine_for(9).transactions, IsEmpty());
  EXPECT_FALSE(chain.relay(Bytes32{}));
  EXPECT_TRUE(chain.relay(held.hash));
  EXPECT_THAT(mine_for(9).transactions, SizeIs(1));
}

TEST_F(ChainTest, WhatWasPoppedStaysSoWhenItIsRelayed) {
  const Transaction sent = spend({spendable()}, 2);
  ASSERT_EQ(chain.submit(sent), std::nullopt);
  mine_for(9);
  chain.pop(1);
  EXPECT_TRUE(chain.relay(sent.hash));
  EXPECT_EQ(chain.pool().front().origin, PoolOrigin::popped);
}

TEST_F(ChainTest, BlocksTellTheTime) {
  EXPECT_EQ(chain.adjusted_time(), ChainRig::began);
  mine_for(1, 58);
  pass(std::chrono::hours(10));
  EXPECT_EQ(chain.adjusted_time(), ChainRig::began + 36'000);
  mine_for(1);  // the sixtieth with the first one
  EXPECT_EQ(chain.adjusted_time(), ChainRig::began + 61 * 60);
  pass(std::chrono::hours(10));
  EXPECT_EQ(chain.adjusted_time(), ChainRig::began + 61 * 60);
  mine_for(1, 40);
  EXPECT_EQ(chain.adjusted_time(), ChainRig::began + 72'000 + 120);
}

TEST_F(ChainTest, MinesWhatIsInThePoolAndPaysItsFees) {
  const Transaction paid = spend({spendable()}, 2);
  ASSERT_EQ(chain.submit(paid), std::nullopt);
  EXPECT_THAT(chain.received(person(2), 0), IsEmpty());
  EXPECT_THAT(chain.received_in_pool(person(2)), SizeIs(1));
  const Amount before = chain.top().generated;
  const Block& block = mine_for(9);
  EXPECT_THAT(block.transactions, SizeIs(1));
  EXPECT_EQ(*block.reward.minus(paid.fee), *block.generated.minus(before));
  EXPECT_THAT(chain.pool(), IsEmpty());
  EXPECT_THAT(chain.received_in_pool(person(2)), IsEmpty());
  EXPECT_THAT(chain.received(person(2), 0), SizeIs(2));
  EXPECT_THAT(chain.received(person(2), block.height), SizeIs(2));
  EXPECT_THAT(chain.received(person(2), block.height + 1), IsEmpty());
  EXPECT_EQ(chain.find(paid.hash)->height, block.height);
  EXPECT_EQ(chain.spender(paid.key_images.front())->transaction->hash, paid.hash);
  EXPECT_EQ(chain.transaction_count(), 1U);
}

TEST_F(ChainTest, FlushedTransactionsFreeTheirOutputs) {
  const OutputPlace a = spendable();
  const OutputPlace b = spendable(1);
  const Transaction first = spend({a}, 2);
  ASSERT_EQ(chain.submit(first), std::nullopt);
  ASSERT_EQ(chain.submit(spend({b}, 2)), std::nullopt);
  chain.flush_from_pool(first.hash);
  chain.flush_from_pool(first.hash);
  EXPECT_EQ(chain.find(first.hash), std::nullopt);
  EXPECT_THAT(chain.pool(), SizeIs(1));
  EXPECT_EQ(chain.submit(spend({a}, 3)), std::nullopt);
  chain.flush_pool();
  EXPECT_THAT(chain.pool(), IsEmpty());
  EXPECT_EQ(chain.submit(spend({b}, 3)), std::nullopt);
}

TEST_F(ChainTest, PopPutsTransactionsBack) {
  const OutputPlace a = spendable();
  const OutputPlace b = spendable(1);
  const Transaction first = spend({a}, 2);
  const Transaction second = spend({b}, 2);
  ASSERT_EQ(chain.submit(first), std::nullopt);
  const Bytes32 popped = mine_for(9).hash;
  const Bytes32 popped_coinbase = chain.top().coinbase->hash;
  ASSERT_EQ(chain.submit(second), std::nullopt);
  mine_for(9);
  const std::uint64_t height = chain.height();

  EXPECT_EQ(chain.pop(2), 2U);
  EXPECT_EQ(chain.height(), height - 2);
  EXPECT_EQ(chain.height_of(popped), std::nullopt);
  EXPECT_EQ(chain.find(popped_coinbase), std::nullopt);
  EXPECT_THAT(chain.received(person(2), 0), IsEmpty());
  ASSERT_THAT(chain.pool(), SizeIs(2));
  EXPECT_EQ(chain.pool()[0].transaction->hash, first.hash);
  EXPECT_EQ(chain.pool()[1].transaction->hash, second.hash);
  EXPECT_EQ(chain.pool()[0].origin, PoolOrigin::popped);
  EXPECT_THAT(chain.submit(spend({a}, 3)), Optional(SubmitRefusal::double_spend));
  EXPECT_EQ(chain.transaction_count(), 0U);

  EXPECT_THAT(mine_for(9).transactions, SizeIs(2));
  EXPECT_NE(chain.top().hash, popped);
}

TEST_F(ChainTest, WhatIsNoLongerFundedWaitsInThePool) {
  const OutputPlace paid = pay_from_fresh_coinbase(2);
  mine_for(9, 10);
  const Transaction on = spend({paid}, 3);
  ASSERT_EQ(chain.submit(on), std::nullopt);
  chain.pop(chain.height() - paid.height);  // the payment is in the pool again
  EXPECT_THAT(chain.pool(), SizeIs(2));
  EXPECT_THAT(mine_for(9).transactions, SizeIs(1));
  EXPECT_EQ(chain.pool().front().transaction->hash, on.hash);
  mine_for(9, 9);
  EXPECT_THAT(mine_for(9).transactions, SizeIs(1));
}

TEST_F(ChainTest, PopsAtMostToTheFirstBlock) {
  mine_for(1, 3);
  EXPECT_EQ(chain.pop(100), 3U);
  EXPECT_EQ(chain.pop(1), 0U);
  EXPECT_EQ(chain.height(), 1U);
  EXPECT_EQ(mine_for(1).reward, Amount::from_atomic(35'184'338'534'400));
}

TEST_F(ChainTest, CommonHeightIsThatOfTheForkHoweverDeep) {
  mine_for(1, 300);
  const BlockMark last = mark(300);
  EXPECT_EQ(chain.common_height(last), 300U);
  EXPECT_EQ(chain.common_height(mark(7)), 7U);
  chain.pop(2);
  EXPECT_EQ(chain.common_height(last), 298U);
  mine_for(1, 5);
  EXPECT_EQ(chain.common_height(last), 298U);
  const BlockMark later = mark(303);
  chain.pop(180);
  mine_for(1, 200);
  EXPECT_EQ(chain.common_height(last), 123U);
  EXPECT_EQ(chain.common_height(later), 123U);
  chain.pop(1000);
  EXPECT_EQ(chain.common_height(last), 0U);
}

TEST_F(ChainTest, HasOnlyTheFirstBlockInCommonWithAnother) {
  mine_for(1, 20);
  EXPECT_EQ(chain.common_height({9, Bytes32{}}), 0U);
  EXPECT_EQ(chain.common_height({}), 0U);
}

TEST_F(ChainTest, NumbersOutputsFromTheSecondBlockOn) {
  mine_for(1, 2);
  const auto places = chain.received(person(1), 0);
  ASSERT_THAT(places, SizeIs(2));
  EXPECT_EQ(places[0].global_index, 0U);
  EXPECT_EQ(places[1].global_index, 1U);
  chain.pop(1);
  mine_for(2);
  EXPECT_EQ(chain.received(person(2), 0).front().global_index, 1U);
}

TEST_F(ChainTest, CountsDecoysThatAreUnlocked) {
  mine_for(1, 60);
  EXPECT_EQ(chain.spendable_outputs(), 1U);  // of block 1
  chain.pop(1);
  EXPECT_EQ(chain.spendable_outputs(), 0U);
  mine_for(1, 1);
  ASSERT_EQ(chain.submit(spend({chain.received(person(1), 0).front()}, 2)), std::nullopt);
  const Transaction& paid = *mine_for(1).transactions.front();
  EXPECT_EQ(chain.spendable_outputs(), 2U);
  mine_for(1, 9);
  EXPECT_EQ(chain.spendable_outputs(), 11 + paid.outputs.size());
}

TEST_F(ChainTest, LeavesOutWhatMakesABlockTooHeavy) {
  mine_for(1, 70);
  const auto places = chain.received(person(1), 0);
  for (std::size_t i = 0; i < 5; ++i) {
    Transaction heavy = spend({places[i]}, 2);
    heavy.weight = 100'000;
    ASSERT_EQ(chain.submit(heavy), std::nullopt);
  }
  EXPECT_THAT(mine_for(9).transactions, SizeIs(3));  // a fourth would cost more than it pays
  EXPECT_THAT(chain.pool(), SizeIs(2));
}

TEST_F(ChainTest, TimesComeFromTheClock) {
  EXPECT_EQ(mine_for(1).timestamp, ChainRig::began);
  pass(std::chrono::milliseconds(2500));
  EXPECT_EQ(mine_for(1).timestamp, ChainRig::began + 2);
}

TEST_F(ChainTest, TheSameSeedMakesTheSameChain) {
  ChainRig other;
  EXPECT_EQ(mine_for(1).hash, other.mine_for(1).hash);
  other.mine_for(2);
  EXPECT_NE(mine_for(1).hash, other.mine_for(1).hash);
}

}  // namespace
}  // namespace escrowstorm::mockrpc
