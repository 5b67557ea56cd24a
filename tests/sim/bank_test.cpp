// The bank, in the worlds with a mock fleet. tests/e2e has the one of the real programs.
#include "sim/world/bank.hpp"

#include <gmock/gmock.h>
#include <gtest/gtest.h>

#include <boost/asio/co_spawn.hpp>
#include <set>
#include <variant>

#include "base/rethrow.hpp"
#include "sim/process/scratch_dir.hpp"
#include "sim/world/worlds.hpp"

namespace escrowstorm::sim {
namespace {

using testing::HasSubstr;

constexpr Amount xmr = Amount::from_atomic(Amount::per_xmr);

Amount times(std::uint64_t count, Amount amount) {
  return Amount::from_atomic(count * amount.atomic());
}

class Events final : public Observer {
 public:
  void on(const Event& event) override { all.push_back(event); }

  std::size_t count(std::string_view phase) const {
    return static_cast<std::size_t>(std::count_if(
        all.begin(), all.end(), [&](const Event& event) { return event.phase == phase; }));
  }

  // The newest of a phase: a block may come after anything. Null if there is none.
  const Event* last(std::string_view phase) const {
    const auto found = std::find_if(all.rbegin(), all.rend(),
                                    [&](const Event& event) { return event.phase == phase; });
    return found == all.rend() ? nullptr : &*found;
  }

  std::vector<Event> all;
};

using Results = std::vector<BankResult<std::string>>;

Awaitable<void> pay_one(Bank& bank, EscrowId escrow, std::string address, Amount amount,
                        Results& results) {
  BankResult<std::string> paid = co_await bank.pay(escrow, std::move(address), amount);
  results.push_back(std::move(paid));
}

Awaitable<void> look_up(Bank& bank, std::string address, std::vector<Amount>& seen) {
  const auto received = co_await bank.received(std::move(address));
  seen.push_back(*received);
}

class BankTest : public testing::TestWithParam<const char*> {
 protected:
  BankTest() {
    scenario_.world = GetParam();
    scenario_.fleet.instances = 3;
    if (!is_virtual())
      scenario_.fleet.latency =
          ESCROWSTORM_SOURCE_DIR "/tests/data/profiles/twenty-times-faster.json";
    scenario_.chain.emplace();
  }
  ~BankTest() override {
    if (world_) world_->abandon();
  }

  bool is_virtual() const { return std::string_view(GetParam()) == "virtual"; }
  Duration block_every() const {
    return is_virtual() ? Duration(std::chrono::minutes(2)) : std::chrono::milliseconds(2);
  }

  World& world() {
    if (!world_) {
      WorldOptions options;
      options.scratch = scratch_.path();
      world_ = find_world(scenario_.world)->make(scenario_, Random(scenario_.seed), options);
    }
    return *world_;
  }
  Bank& bank() { return *world().bank(); }

  void run(Awaitable<void> main) { world().run(std::move(main), nullptr); }

  void pay_soon(EscrowId escrow, std::string address, Amount amount) {
    boost::asio::co_spawn(world().executor(),
                          pay_one(bank(), escrow, std::move(address), amount, results_), rethrow);
  }

  Awaitable<void> all_paid(std::size_t count) {
    while (results_.size() < count) {
      const TimePoint later = world().clock().now() + std::chrono::milliseconds(1);
      co_await world().clock().sleep_until(later);
    }
  }

  Scenario scenario_;
  ScratchDir scratch_;
  Events events_;
  Results results_;
  std::unique_ptr<World> world_;

 public:
  // The tests' coroutines.
  Awaitable<void> pays_and_sees(std::string& hash);
  Awaitable<void> pays_together(std::size_t count);
  Awaitable<void> asks_at_once(std::size_t count, Duration& took);
  Awaitable<void> pays_while_locked();
  Awaitable<void> lacks_money();
  Awaitable<void> pays_all_but_the_wrong();
  Awaitable<void> makes_blocks();
  Awaitable<void> compares_wallets(std::string& of_bank, std::string& of_fleet);
  Awaitable<void> leaves_waiting();
};

Awaitable<void> BankTest::pays_and_sees(std::string& hash) {
  co_await bank().open(events_, 1);
  const auto to = co_await bank().make_address("buyer of 7");
  const auto other = co_await bank().make_address("vendor of 7");
  const auto paid = co_await bank().pay(7, *to, xmr);
  hash = *paid;
  const auto in_pool = co_await bank().received(*to);
  EXPECT_EQ(*in_pool, xmr);
  bank().start_blocks(block_every());
  const TimePoint later = world().clock().now() + 3 * block_every();
  co_await world().clock().sleep_until(later);
  const auto in_block = co_await bank().received(*to);
  EXPECT_EQ(*in_block, xmr);
  const auto nothing = co_await bank().received(*other);
  EXPECT_EQ(*nothing, Amount());
  const auto strange = co_await bank().received("89nobody");
  EXPECT_THAT(strange.error().why, HasSubstr("no address"));
}

TEST_P(BankTest, PaysAndSeesWhatArrived) {
  std::string hash;
  run(pays_and_sees(hash));
  EXPECT_EQ(hash.size(), 64u);
  ASSERT_EQ(bank().payments().size(), 1u);
  EXPECT_EQ(bank().payments()[0].escrow, 7u);
  EXPECT_EQ(bank().payments()[0].amount, xmr);
  EXPECT_EQ(bank().payments()[0].tx_hash, hash);
  ASSERT_EQ(events_.all.front().phase, "paid");
  EXPECT_EQ(events_.all.front().kind, EventKind::chain);
  EXPECT_EQ(events_.all.front().escrow, 7u);
  EXPECT_EQ(events_.all.front().message, hash);
}

Awaitable<void> BankTest::pays_together(std::size_t count) {
  co_await bank().open(events_, count);
  const auto to = co_await bank().make_address("");
  for (std::size_t i = 0; i < count; ++i) pay_soon(i, *to, xmr);
  co_await all_paid(count);
  const auto received = co_await bank().received(*to);
  EXPECT_EQ(*received, times(count, xmr));
}

TEST_P(BankTest, ThoseWhoWaitArePaidTogether) {
  run(pays_together(31));
  std::set<std::string> hashes;
  for (const auto& result : results_) hashes.insert(*result);
  EXPECT_LE(hashes.size(), 4u);  // one alone perhaps, then fifteen each
  std::set<EscrowId> escrows;
  for (const Payment& payment : bank().payments()) escrows.insert(payment.escrow);
  EXPECT_EQ(escrows.size(), 31u);
}

Awaitable<void> BankTest::asks_at_once(std::size_t count, Duration& took) {
  co_await bank().open(events_, 1);
  const auto to = co_await bank().make_address("");
  const auto paid = co_await bank().pay(1, *to, xmr);
  EXPECT_TRUE(paid);
  const TimePoint began = world().clock().now();
  std::vector<Amount> seen;
  for (std::size_t i = 0; i < count; ++i)
    boost::asio::co_spawn(world().executor(), look_up(bank(), *to, seen), rethrow);
  while (seen.size() < count) {
    const TimePoint later = world().clock().now() + std::chrono::milliseconds(1);
    co_await world().clock().sleep_until(later);
  }
  took = world().clock().now() - began;
  EXPECT_EQ(seen, std::vector<Amount>(count, xmr));
}

TEST_P(BankTest, ManyWhoAskTakeTwoLooksAtTheChain) {
  Duration took{};
  run(asks_at_once(100, took));
  EXPECT_TRUE(took < std::chrono::seconds(1) || !is_virtual()) << took.count();
}

Awaitable<void> BankTest::pays_while_locked() {
  co_await bank().open(events_, 1);
  bank().start_blocks(block_every());
  const auto to = co_await bank().make_address("");
  const auto most = co_await bank().pay(1, *to, times(1300, xmr));
  EXPECT_TRUE(most);
  const auto rest = co_await bank().pay(2, *to, times(300, xmr));
  EXPECT_TRUE(rest);
}

TEST_P(BankTest, WaitsForLockedMoney) {
  run(pays_while_locked());
  const Event* second = events_.last("paid");
  ASSERT_TRUE(second);
  EXPECT_EQ(second->escrow, 2u);
  const std::size_t blocks = events_.count("block");
  EXPECT_GT(blocks, 0u);
  EXPECT_TRUE(blocks <= 13 || !is_virtual());
}

Awaitable<void> BankTest::lacks_money() {
  co_await bank().open(events_, 1);
  const auto to = co_await bank().make_address("");
  const auto most = co_await bank().pay(1, *to, times(1300, xmr));
  EXPECT_TRUE(most);
  const auto without_blocks = co_await bank().pay(2, *to, times(300, xmr));
  EXPECT_THAT(without_blocks.error().why, HasSubstr("not enough unlocked money"));
  bank().start_blocks(block_every());
  const auto too_much = co_await bank().pay(3, *to, times(1'000'000, xmr));
  EXPECT_THAT(too_much.error().why, HasSubstr("not enough money"));
}

TEST_P(BankTest, SaysWhatKeepsItFromPaying) {
  run(lacks_money());
  EXPECT_EQ(bank().payments().size(), 1u);
  EXPECT_EQ(events_.count("paid"), 3u);
  const Event* third = events_.last("paid");
  ASSERT_TRUE(third);
  EXPECT_FALSE(third->ok);
  EXPECT_THAT(third->message, HasSubstr("-17 not enough money"));
}

Awaitable<void> BankTest::pays_all_but_the_wrong() {
  co_await bank().open(events_, 10);
  const auto to = co_await bank().make_address("");
  for (EscrowId escrow = 0; escrow < 10; ++escrow)
    pay_soon(escrow, escrow == 6 ? "no address" : *to, xmr);
  co_await all_paid(10);
  const auto received = co_await bank().received(*to);
  EXPECT_EQ(*received, times(9, xmr));
}

TEST_P(BankTest, AWrongAddressIsNobodyElsesTrouble) {
  run(pays_all_but_the_wrong());
  EXPECT_EQ(bank().payments().size(), 9u);
  for (const Event& event : events_.all) EXPECT_EQ(event.ok, event.escrow != 6);
}

Awaitable<void> BankTest::makes_blocks() {
  co_await bank().open(events_, 1);
  bank().start_blocks(block_every());
  while (events_.count("block") < 3) {
    const TimePoint later = world().clock().now() + block_every();
    co_await world().clock().sleep_until(later);
  }
  bank().close();
  const std::size_t made = events_.count("block");
  const TimePoint later = world().clock().now() + 3 * block_every();
  co_await world().clock().sleep_until(later);
  EXPECT_EQ(events_.count("block"), made);
}

TEST_P(BankTest, MakesBlocksUntilItIsClosed) {
  run(makes_blocks());
  ASSERT_GE(events_.all.size(), 3u);
  EXPECT_EQ(events_.all[0].message, "height 102");
  EXPECT_EQ(events_.all[2].message, "height 104");
  EXPECT_GE(events_.all[2].at - events_.all[0].at, 2 * block_every());
}

Awaitable<void> BankTest::compares_wallets(std::string& of_bank, std::string& of_fleet) {
  co_await bank().open(events_, 1);
  const auto made = co_await bank().make_address("");
  of_bank = *made;
  walletrpc::CreateWallet create;
  create.filename = "bank";
  create.language = "English";
  walletrpc::CreateAccount account;
  walletrpc::CreateAddress address;
  address.account_index = 1;
  for (walletrpc::Request request :
       {walletrpc::Request(create), walletrpc::Request(account), walletrpc::Request(address)}) {
    const TimePoint deadline = world().clock().now() + std::chrono::minutes(1);
    const auto answer =
        co_await world().transport().call(0, std::move(request), std::nullopt, deadline);
    using Created = walletrpc::AnswerTo<walletrpc::CreateAddress>;
    if (const auto* created = get_if<Created>(&*answer)) of_fleet = created->value.address;
  }
}

TEST_P(BankTest, ItsWalletIsNotThatOfTheFleetsFirst) {
  std::string of_bank;
  std::string of_fleet;
  run(compares_wallets(of_bank, of_fleet));
  EXPECT_EQ(of_bank.size(), 95u);
  EXPECT_EQ(of_fleet.size(), 95u);
  EXPECT_NE(of_bank, of_fleet);
}

Awaitable<void> BankTest::leaves_waiting() {
  co_await bank().open(events_, 1);
  bank().start_blocks(block_every());
  const auto to = co_await bank().make_address("");
  for (EscrowId escrow = 0; escrow < 20; ++escrow) pay_soon(escrow, *to, times(100'000, xmr));
  while (events_.count("block") < 2) {
    const TimePoint later = world().clock().now() + block_every();
    co_await world().clock().sleep_until(later);
  }
}

TEST_P(BankTest, WhoWaitsIsDroppedWithTheWorld) {
  run(leaves_waiting());
  world().abandon();
  EXPECT_TRUE(results_.empty());
}  // and the sanitizers see nobody left

TEST_P(BankTest, ThereIsNoneWithoutAChainSection) {
  scenario_.chain.reset();
  EXPECT_EQ(world().bank(), nullptr);
}

INSTANTIATE_TEST_SUITE_P(Worlds, BankTest, testing::Values("virtual", "mock"),
                         [](const auto& world) { return world.param; });

TEST(BankOfTheLiveWorld, ThereIsNone) {
  Scenario scenario;
  scenario.chain.emplace();
  try {
    make_live_world(scenario, Random(1), WorldOptions());
    FAIL();
  } catch (const WorldError& error) {
    EXPECT_THAT(error.what(), HasSubstr("which the live world has none of"));
  }
}

}  // namespace
}  // namespace escrowstorm::sim
