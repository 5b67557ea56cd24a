// The bank of the regtest world, with the real monerod and monero-wallet-rpc.
#include <gtest/gtest.h>
#include <sys/wait.h>

#include <cerrno>

#include "sim/process/scratch_dir.hpp"
#include "sim/world/bank.hpp"
#include "sim/world/worlds.hpp"

namespace escrowstorm::e2e {
namespace {

using namespace sim;

class CountBlocks final : public Observer {
 public:
  void on(const Event& event) override { blocks += event.phase == "block" && event.ok ? 1 : 0; }
  int blocks = 0;
};

// Until then what is in the pool when a block is begun is in that block.
Awaitable<void> two_blocks(World& world, const CountBlocks& seen) {
  const int wanted = seen.blocks + 2;
  while (seen.blocks < wanted) {
    const TimePoint later = world.clock().now() + std::chrono::milliseconds(5);
    co_await world.clock().sleep_until(later);
  }
}

Awaitable<void> pay_an_address(World& world, CountBlocks& seen) {
  constexpr Amount amount = Amount::from_atomic(3 * Amount::per_xmr);
  Bank& bank = *world.bank();
  co_await bank.open(seen, 2);
  const auto to = co_await bank.make_address("vendor of 1");
  const auto other = co_await bank.make_address("buyer of 1");
  const auto hash = co_await bank.pay(1, *to, amount);
  EXPECT_EQ(hash->size(), 64u);
  const auto in_pool = co_await bank.received(*to);
  EXPECT_EQ(*in_pool, amount);
  bank.start_blocks(std::chrono::milliseconds(1));
  co_await two_blocks(world, seen);
  const auto in_block = co_await bank.received(*to);
  EXPECT_EQ(*in_block, amount);
  const auto nothing = co_await bank.received(*other);
  EXPECT_EQ(*nothing, Amount());

  // More than is unlocked, less than there is.
  const auto most = co_await bank.pay(2, *to, Amount::from_atomic(1200 * Amount::per_xmr));
  EXPECT_TRUE(most) << most.error().why;
  const int before = seen.blocks;
  const auto rest = co_await bank.pay(3, *to, Amount::from_atomic(400 * Amount::per_xmr));
  EXPECT_TRUE(rest) << rest.error().why;
  EXPECT_GT(seen.blocks, before);
}

TEST(RegtestBank, PaysAndSeesWhatArrived) {
  const ScratchDir scratch;
  CountBlocks seen;
  {
    Scenario scenario;
    scenario.world = "regtest";
    scenario.fleet.instances = 3;
    scenario.storm.escrows = 1;
    scenario.chain.emplace();
    WorldOptions options;
    options.scratch = scratch.path();
    const auto world = make_regtest_world(scenario, Random(1), options);
    EXPECT_EQ(world->transport().instances(), 3u);
    world->run(pay_an_address(*world, seen), nullptr);
    world->abandon();
    EXPECT_EQ(world->bank()->payments().size(), 3u);
  }
  // No program is left, not even one to be reaped.
  EXPECT_LT(::waitpid(-1, nullptr, WNOHANG), 0);
  EXPECT_EQ(errno, ECHILD);
}

}  // namespace
}  // namespace escrowstorm::e2e
