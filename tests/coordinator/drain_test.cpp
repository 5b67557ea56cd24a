// An instance that did not answer is handed out again when it has.
#include "coordinator/slots/drain.hpp"

#include <gmock/gmock.h>
#include <gtest/gtest.h>

#include "tests/coordinator/support/machine_rig.hpp"
#include "tests/coordinator/support/slot_rig.hpp"

namespace escrowstorm::test {
namespace {

using namespace coordinator;
using std::chrono::milliseconds;
using std::chrono::minutes;
using std::chrono::seconds;
using testing::ElementsAre;
using Kind = CallError::Kind;

class DrainTest : public testing::Test {
 protected:
  void begin(InstanceId instance) { drain->begin(instance); }
  // Until nothing is left to do.
  void run() { slots.clock.run(slots.loop); }

  // What goes wrong with each call from the first on; then all is well.
  void let_fail(std::deque<CallError> errors) {
    fleet.on_call = [this, errors](InstanceId, const walletrpc::Request& request) mutable {
      EXPECT_EQ(method_of(request), "close_wallet");
      called.push_back(slots.clock.now());
      std::optional<FakeFleet::Fault> fault;
      if (errors.empty()) return fault;
      fault.emplace();
      fault->error = errors.front();
      errors.pop_front();
      return fault;
    };
  }

  SlotRig slots{"exclusive_lease", 3};
  SingleExecutor executors{slots.loop.get_executor()};
  FakeFleet fleet{3, slots.clock};
  std::shared_ptr<WalletClient> client =
      std::make_shared<WalletClient>(fleet, slots.clock, slots.observer, seconds(60));
  std::shared_ptr<Drain> drain =
      std::make_shared<Drain>(slots.clock, executors, slots.observer, *slots.pool, client);
  std::vector<TimePoint> called;
};

TEST_F(DrainTest, SuspendsAtOnceAndResumesWithTheAnswer) {
  fleet.files["left open"];
  fleet.open[1] = "left open";
  fleet.latency["close_wallet"] = seconds(2);
  begin(1);
  slots.acquire(7);
  EXPECT_TRUE(slots.held.empty());
  run();
  EXPECT_THAT(slots.order, ElementsAre(7));
  EXPECT_EQ(fleet.open[1], "");
  EXPECT_EQ(fleet.calls.size(), 1u);

  const std::vector<Event> suspended = slots.observer.of(EventKind::lease, "suspended");
  ASSERT_EQ(suspended.size(), 1u);
  EXPECT_EQ(suspended[0].instance, 1u);
  EXPECT_EQ(suspended[0].escrow, std::nullopt);
  const std::vector<Event> resumed = slots.observer.of(EventKind::lease, "resumed");
  ASSERT_EQ(resumed.size(), 1u);
  EXPECT_EQ(resumed[0].duration, resumed[0].at - suspended[0].at);
  const std::vector<Event> calls = slots.observer.of(EventKind::rpc, "drain");
  ASSERT_EQ(calls.size(), 1u);
  EXPECT_EQ(calls[0].escrow, std::nullopt);
  EXPECT_EQ(calls[0].instance, 1u);
}

TEST_F(DrainTest, ThatNoWalletIsOpenIsAnAnswer) {
  let_fail({rpc_error(-13, "No wallet file")});
  begin(0);
  run();
  EXPECT_EQ(called.size(), 1u);
  slots.acquire(1);
  EXPECT_THAT(slots.order, ElementsAre(1));
}

TEST_F(DrainTest, AWalletThatWasNotClosedIsClosedAgain) {
  let_fail({rpc_error(-1, "injected")});
  begin(0);
  slots.acquire(1);
  run();
  EXPECT_EQ(called.size(), 2u);
  EXPECT_THAT(slots.order, ElementsAre(1));
}

TEST_F(DrainTest, AsksAgainAndAgainEverLessOften) {
  let_fail(std::deque<CallError>(8, call_error(Kind::refused)));
  begin(2);
  slots.acquire(1);
  run();
  std::vector<Duration> pauses;
  for (std::size_t i = 1; i < called.size(); ++i) pauses.push_back(called[i] - called[i - 1]);
  EXPECT_THAT(pauses, ElementsAre(seconds(1), seconds(2), seconds(4), seconds(8), seconds(16),
                                  seconds(30), seconds(30), seconds(30)));
  EXPECT_THAT(slots.order, ElementsAre(1));
}

TEST_F(DrainTest, NothingButAnAnswerCounts) {
  for (const Kind kind : {Kind::refused, Kind::outcome_unknown, Kind::deadline, Kind::bad_answer}) {
    called.clear();
    let_fail({call_error(kind)});
    begin(0);
    run();
    EXPECT_EQ(called.size(), 2u) << name_of(kind);
  }
}

// What was sent before is done before: the answer comes when the queue is empty.
TEST_F(DrainTest, WaitsForWhatIsQueuedThere) {
  fleet.busy_until[1] = TimePoint(minutes(10));
  begin(1);
  slots.acquire(1);
  run();
  EXPECT_GE(slots.held.at(1).granted, TimePoint(minutes(10)));
}

TEST_F(DrainTest, IsBegunOnce) {
  let_fail({});
  begin(1);
  begin(1);
  run();
  EXPECT_EQ(called.size(), 1u);
  begin(1);
  run();
  EXPECT_EQ(called.size(), 2u);
}

TEST_F(DrainTest, OneThatIsHeldIsGrantedWhenItIsReleasedToo) {
  slots.acquire(1);
  begin(0);
  slots.acquire(2);
  run();
  EXPECT_THAT(slots.order, ElementsAre(1));
  slots.release(1);
  EXPECT_THAT(slots.order, ElementsAre(1, 2));
}

TEST_F(DrainTest, OnceDestroyedItAsksNoMore) {
  let_fail(std::deque<CallError>(1000, call_error(Kind::refused)));
  begin(1);
  for (int steps = 0; called.size() < 3 && steps < 100; ++steps) slots.clock.step(slots.loop);
  ASSERT_EQ(called.size(), 3u);
  drain.reset();
  slots.pool.reset();
  run();
  EXPECT_EQ(called.size(), 3u);
}

TEST_F(DrainTest, ThirtyThousandAtOnce) {
  constexpr InstanceId many = 30'000;
  SlotRig large("role_partitioned", many);
  SingleExecutor executor{large.loop.get_executor()};
  FakeFleet there(many, large.clock);
  const auto caller =
      std::make_shared<WalletClient>(there, large.clock, large.observer, seconds(60));
  const auto all =
      std::make_shared<Drain>(large.clock, executor, large.observer, *large.pool, caller);
  for (InstanceId i = 0; i < many; ++i) all->begin(i);
  large.acquire(1);
  large.clock.run(large.loop);
  EXPECT_EQ(there.calls.size(), many);
  EXPECT_THAT(large.order, ElementsAre(1));
}

}  // namespace
}  // namespace escrowstorm::test
