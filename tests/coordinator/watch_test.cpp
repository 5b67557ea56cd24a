// What an escrow holds, as its wallets say it: asked through a coordinator.
#include "coordinator/watch/watch.hpp"

#include <gmock/gmock.h>

#include <boost/asio/co_spawn.hpp>

#include "support/rig.hpp"

namespace escrowstorm::coordinator {
namespace {

using namespace std::chrono_literals;

CoordinatorOptions options(Duration background = {}) {
  CoordinatorOptions options;
  options.life.watch.background = background;
  return options;
}

struct WatchRig : test::Rig {
  explicit WatchRig(const CoordinatorOptions& options) : Rig(3, options) {
    fleet.latency["open_wallet"] = 1s;
    fleet.latency["refresh"] = 100ms;
    boost::asio::co_spawn(loop, ready(*this), rethrow);
    run_until(TimePoint(20s));
  }

  static Awaitable<void> ready(WatchRig& rig) {
    Terms terms;
    terms.price = Amount::from_atomic(100);
    co_await rig.coordinator->set_up(1, std::move(terms));
  }
  static Awaitable<void> ask_one(WatchRig& rig) {
    rig.seen.push_back(co_await rig.coordinator->balance(1));
  }
  void ask() { boost::asio::co_spawn(loop, ask_one(*this), rethrow); }
  void run_until(TimePoint t) {
    boost::asio::co_spawn(loop, clock.sleep_until(t), rethrow);
    while (clock.now() < t && clock.step(loop)) {
    }
  }
  std::size_t looks() const { return observer.count(EventKind::escrow, "balance"); }
  Phase phase() const { return store.records.at(1).phase; }

  std::vector<BalanceOutcome> seen;
};

TEST(Watch, WhoAsksAtOnceIsAnsweredByOneLook) {
  WatchRig rig(options());
  rig.fleet.held = Amount::from_atomic(7);
  for (int asker = 0; asker < 10; ++asker) rig.ask();
  rig.run_until(TimePoint(40s));
  ASSERT_EQ(rig.seen.size(), 10u);
  EXPECT_EQ(rig.seen.back().balance.unlocked, Amount::from_atomic(7));
  EXPECT_EQ(rig.looks(), 1u);
}

TEST(Watch, AnAnswerIsGivenAgainForAMinute) {
  WatchRig rig(options());
  rig.ask();
  rig.run_until(TimePoint(40s));
  rig.fleet.held = Amount::from_atomic(7);
  rig.ask();
  rig.run_until(TimePoint(60s));
  EXPECT_EQ(rig.looks(), 1u);
  EXPECT_EQ(rig.seen.back().balance.unlocked, Amount());
  rig.run_until(TimePoint(2min));
  rig.ask();
  rig.run_until(TimePoint(3min));
  EXPECT_EQ(rig.looks(), 2u);
  EXPECT_EQ(rig.seen.back().balance.unlocked, Amount::from_atomic(7));
}

TEST(Watch, ThePriceMakesItFunded) {
  WatchRig rig(options());
  rig.ask();
  rig.run_until(TimePoint(40s));
  EXPECT_EQ(rig.phase(), Phase::ready);
  rig.fleet.held = Amount::from_atomic(100);
  rig.run_until(TimePoint(2min));
  rig.ask();
  rig.run_until(TimePoint(3min));
  EXPECT_EQ(rig.phase(), Phase::funded);
}

TEST(Watch, LooksByItselfUntilThePriceIsThere) {
  WatchRig rig(options(1min));
  rig.run_until(TimePoint(10min));
  EXPECT_GE(rig.looks(), 4u);
  rig.fleet.held = Amount::from_atomic(100);
  rig.run_until(TimePoint(20min));
  EXPECT_EQ(rig.phase(), Phase::funded);
  const std::size_t looks = rig.looks();
  rig.run_until(TimePoint(40min));
  EXPECT_EQ(rig.looks(), looks);
}

TEST(Watch, ALookThatFailsIsMadeAgain) {
  WatchRig rig(options());
  int broken = 2;
  rig.fleet.on_call =
      [&](InstanceId, const walletrpc::Request& request) -> std::optional<test::FakeFleet::Fault> {
    if (!holds_alternative<walletrpc::GetBalance>(request) || broken == 0) return std::nullopt;
    --broken;
    test::FakeFleet::Fault fault;
    fault.error.kind = CallError::Kind::rpc_error;
    fault.error.code = -38;
    fault.error.message = "no connection to daemon";
    return fault;
  };
  rig.ask();
  rig.run_until(TimePoint(2min));
  ASSERT_EQ(rig.seen.size(), 1u);
  EXPECT_TRUE(rig.seen.back().seen);
}

TEST(Watch, OfWhatWasNeverSetUpNothingIsKnown) {
  test::Rig rig(3);
  BalanceOutcome outcome;
  const auto ask = [](test::Rig& of, BalanceOutcome& out) -> Awaitable<void> {
    out = co_await of.coordinator->balance(9);
  };
  boost::asio::co_spawn(rig.loop, ask(rig, outcome), rethrow);
  rig.run();
  EXPECT_FALSE(outcome.seen);
  EXPECT_EQ(outcome.failure, "escrow 9 has no address: it was never set up, or failed");
}

}  // namespace
}  // namespace escrowstorm::coordinator
