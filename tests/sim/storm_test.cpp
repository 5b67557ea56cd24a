// Closed and open storms in virtual time, against targets that take their time.
#include "sim/storm/storm.hpp"

#include <gmock/gmock.h>
#include <gtest/gtest.h>

#include <boost/asio/co_spawn.hpp>
#include <stdexcept>
#include <vector>

#include "base/random.hpp"
#include "sim/metrics/summary_builder.hpp"
#include "sim/storm/arrivals/table.hpp"
#include "tests/support/manual_clock.hpp"

namespace escrowstorm::sim {
namespace {

using namespace std::chrono_literals;

// What a storm of set-ups only never asks.
class SetupTarget : public Target {
 public:
  Awaitable<coordinator::BalanceOutcome> balance(EscrowId) override {
    ADD_FAILURE();
    co_return coordinator::BalanceOutcome();
  }
  Awaitable<coordinator::PayoutOutcome> pay_out(EscrowId, coordinator::Decision) override {
    ADD_FAILURE();
    co_return coordinator::PayoutOutcome();
  }
  Awaitable<std::optional<std::string>> call(std::uint64_t, walletrpc::Request) override {
    ADD_FAILURE();
    co_return std::nullopt;
  }
  Awaitable<void> rest() override {
    ++rests;
    co_return;
  }

  int rests = 0;
};

// Each escrow takes as long as drawn, every fourth fails. Counts how many are under way.
class TimedTarget final : public SetupTarget {
 public:
  TimedTarget(Clock& clock, Duration longest) : clock_(clock), longest_(longest) {}

  Awaitable<coordinator::SetupOutcome> set_up(EscrowId id, coordinator::Terms) override {
    most_ = std::max(most_, ++under_way_);
    const TimePoint end = clock_.now() + Duration(random_.below(1 + longest_.count()));
    co_await clock_.sleep_until(end);
    --under_way_;
    coordinator::SetupOutcome result;
    result.ready = id % 4 != 0;
    if (!result.ready) result.failure = "a fourth";
    co_return result;
  }

  int most() const { return most_; }

 private:
  Clock& clock_;
  Duration longest_;
  RandomStream random_ = Random(1).stream("test.target");
  int under_way_ = 0;
  int most_ = 0;
};

// Each takes as long; each asker of one escrow is told the same, unless it lies to the last.
class SteadyTarget final : public SetupTarget {
 public:
  SteadyTarget(Clock& clock, Duration takes) : clock_(clock), takes_(takes) {}

  Awaitable<coordinator::SetupOutcome> set_up(EscrowId id, coordinator::Terms) override {
    const std::uint64_t asker = ++asked;
    const TimePoint end = clock_.now() + takes_;
    co_await clock_.sleep_until(end);
    coordinator::SetupOutcome result;
    result.ready = true;
    result.address = "address of " + std::to_string(id);
    if (asker == lie_to) result.address = "another";
    co_return result;
  }

  std::uint64_t asked = 0;
  std::uint64_t lie_to = 0;

 private:
  Clock& clock_;
  Duration takes_;
};

class ThrowingTarget final : public SetupTarget {
 public:
  Awaitable<coordinator::SetupOutcome> set_up(EscrowId, coordinator::Terms) override {
    throw std::logic_error("a bug");
    co_return coordinator::SetupOutcome();
  }
};

struct Recorder final : Observer {
  void on(const Event& event) override { events.push_back(event); }
  std::vector<Event> events;
};

class StormTest : public testing::Test {
 protected:
  void run(Target& target, StormOptions options, const ArrivalSpec& arrivals = {},
           std::vector<JourneySpec> specs = {}) {
    Journeys journeys(specs, target, nullptr, clock_, executors_, Random(1));
    Storm storm(target, journeys, clock_, executors_, seen_, options,
                make_arrivals(arrivals, Random(1)));
    bool ended = false;
    boost::asio::co_spawn(loop_, storm.run(), [&](std::exception_ptr thrown) {
      if (thrown) std::rethrow_exception(thrown);
      ended = true;
    });
    clock_.run(loop_);
    EXPECT_TRUE(ended);
    counts_ = storm.counts();
  }

  std::vector<TimePoint> starts() const {
    std::vector<TimePoint> all;
    for (const Event& event : seen_.events)
      if (event.phase == storm_phase::requested) all.push_back(event.at);
    return all;
  }

  Summary summary() const {
    SummaryBuilder builder;
    for (const Event& event : seen_.events) builder.on(event);
    return builder.finish(RunFacts());
  }

  boost::asio::io_context loop_{1};
  test::ManualClock clock_;
  SingleExecutor executors_{loop_.get_executor()};
  Recorder seen_;
  StormCounts counts_;
};

TEST_F(StormTest, RunsAllAndNeverMoreAtOnce) {
  for (const auto& [escrows, at_once] : {std::pair(1, 1), {10, 10}, {10, 3}, {100, 7}, {5, 9}}) {
    TimedTarget target(clock_, 10s);
    run(target,
        StormOptions{static_cast<std::uint64_t>(escrows), static_cast<std::uint64_t>(at_once)});
    EXPECT_EQ(counts_.started, static_cast<std::uint64_t>(escrows));
    EXPECT_EQ(counts_.failed, static_cast<std::uint64_t>((escrows + 3) / 4));
    EXPECT_EQ(counts_.completed + counts_.failed, counts_.started);
    EXPECT_EQ(target.most(), std::min(escrows, at_once));
  }
}

TEST_F(StormTest, KeepsAsManyUnderWayAsAllowed) {
  TimedTarget target(clock_, 10s);
  run(target, StormOptions{50, 5});
  // At every start but the first five, the one that ended has just made room.
  int under_way = 0;
  int started = 0;
  for (const Event& event : seen_.events) {
    under_way += event.phase == storm_phase::requested ? 1 : -1;
    started += event.phase == storm_phase::requested;
    if (event.phase == storm_phase::requested && started > 5) {
      EXPECT_EQ(under_way, 5);
    }
  }
  EXPECT_EQ(under_way, 0);
}

TEST_F(StormTest, TellsEachStartAndEnd) {
  TimedTarget target(clock_, 0s);
  run(target, StormOptions{2, 1});
  ASSERT_EQ(seen_.events.size(), 4u);
  const Event& start = seen_.events[0];
  EXPECT_EQ(start.kind, EventKind::escrow);
  EXPECT_EQ(start.phase, "requested");
  EXPECT_EQ(start.escrow, 0u);
  const Event& failed = seen_.events[1];
  EXPECT_EQ(failed.phase, "ended");
  EXPECT_FALSE(failed.ok);
  EXPECT_EQ(failed.message, "a fourth");
  EXPECT_EQ(seen_.events[2].escrow, 1u);
  EXPECT_TRUE(seen_.events[3].ok);
}

TEST_F(StormTest, DurationCountsFromTheStart) {
  TimedTarget target(clock_, 10s);
  run(target, StormOptions{40, 4});
  std::vector<TimePoint> starts(40);
  for (const Event& event : seen_.events) {
    if (event.phase == storm_phase::requested) starts[*event.escrow] = event.at;
    if (event.phase == storm_phase::ended) {
      EXPECT_EQ(event.duration, event.at - starts[*event.escrow]);
    }
  }
}

// Would overflow the stack if each end started the next one from within.
TEST_F(StormTest, EscrowsThatEndAtOnceDoNotNest) {
  TimedTarget target(clock_, 0s);
  run(target, StormOptions{20'000, 1});
  EXPECT_EQ(counts_.started, 20'000u);
  EXPECT_EQ(counts_.unfinished(), 0u);
}

TEST_F(StormTest, AUserThinksBetweenTwoEscrows) {
  SteadyTarget target(clock_, 10s);
  run(target, StormOptions{5, 2, 3s});
  EXPECT_THAT(starts(), testing::ElementsAre(TimePoint(0s), TimePoint(0s), TimePoint(13s),
                                             TimePoint(13s), TimePoint(26s)));
  EXPECT_EQ(clock_.now(), TimePoint(36s)) << "nobody thinks who starts nothing more";
  EXPECT_EQ(summary().lateness.count, 0u);
}

ArrivalSpec every_second() {
  ArrivalSpec spec;
  spec.kind = "constant";
  return spec;
}

TEST_F(StormTest, AnOpenStormDoesNotWaitForEnds) {
  SteadyTarget target(clock_, 10s);
  run(target, StormOptions{4, 4}, every_second());
  EXPECT_THAT(starts(),
              testing::ElementsAre(TimePoint(0s), TimePoint(1s), TimePoint(2s), TimePoint(3s)));
  EXPECT_EQ(summary().escrows.late, 0u);
  EXPECT_EQ(summary().lateness.count, 4u);
  EXPECT_EQ(summary().lateness.max, 0s);
}

TEST_F(StormTest, WhatIsDueAndCannotStartIsLateAndItsTimeCounts) {
  SteadyTarget target(clock_, 10s);
  run(target, StormOptions{4, 2}, every_second());
  EXPECT_THAT(starts(),
              testing::ElementsAre(TimePoint(0s), TimePoint(1s), TimePoint(10s), TimePoint(11s)));
  EXPECT_EQ(summary().escrows.late, 2u);
  EXPECT_EQ(summary().lateness.max, 8s);
  EXPECT_EQ(summary().setup.min, 10s);
  EXPECT_EQ(summary().setup.max, 18s) << "from when it was due";
  EXPECT_EQ(counts_.completed, 4u);
}

TEST_F(StormTest, AnOpenStormWithNothingToDoWaitsForNobody) {
  SteadyTarget target(clock_, 0s);
  Journeys journeys({}, target, nullptr, clock_, executors_, Random(1));
  Storm storm(target, journeys, clock_, executors_, seen_, StormOptions{2, 2},
              make_arrivals(every_second(), Random(1)));
  bool ended = false;
  boost::asio::co_spawn(loop_, storm.run(), [&](std::exception_ptr) { ended = true; });
  while (storm.counts().completed == 0) ASSERT_TRUE(clock_.step(loop_));
  EXPECT_EQ(storm.waiting_since(), std::nullopt);
  storm.give_up();
  clock_.run(loop_);
  EXPECT_TRUE(ended);
  EXPECT_EQ(storm.counts().started, 1u);
}

// Answers calls after a while, every fourth not.
class CallTarget final : public SetupTarget {
 public:
  explicit CallTarget(Clock& clock) : clock_(clock) {}

  Awaitable<coordinator::SetupOutcome> set_up(EscrowId, coordinator::Terms) override {
    ADD_FAILURE();
    co_return coordinator::SetupOutcome();
  }
  Awaitable<std::optional<std::string>> call(std::uint64_t number,
                                             walletrpc::Request request) override {
    methods.emplace_back(walletrpc::method_of(request));
    const TimePoint end = clock_.now() + 3s;
    co_await clock_.sleep_until(end);
    std::optional<std::string> failure;
    if (number % 4 == 3) failure = "-1 a fourth";
    co_return failure;
  }

  std::vector<std::string> methods;

 private:
  Clock& clock_;
};

TEST_F(StormTest, AJourneyOfOneCallAsksForNoEscrow) {
  JourneySpec journey;
  journey.end = JourneyEnd::call;
  journey.method = "get_height";
  CallTarget target(clock_);
  run(target, StormOptions{4, 2}, every_second(), {journey});
  EXPECT_THAT(target.methods, testing::Each("get_height"));
  EXPECT_EQ(target.methods.size(), 4u);
  const Summary told = summary();
  EXPECT_EQ(told.escrows.ready, 0u) << "it has no address";
  EXPECT_EQ(told.escrows.completed, 3u);
  EXPECT_EQ(told.escrows.failed, 1u);
  EXPECT_EQ(told.escrows.late, 2u);
  EXPECT_EQ(told.setup.count, 0u);
  EXPECT_EQ(told.calls.count, 3u);
  EXPECT_EQ(told.calls.max, 4s) << "from when it was due: the third waited for the first";
}

// Stops the storm as it hears of the end of an escrow.
struct Stopper final : Observer {
  void on(const Event& event) override {
    if (event.phase == storm_phase::ended && event.escrow == at) stopped += storm->start_no_more();
  }
  Storm* storm = nullptr;
  EscrowId at = 0;
  int stopped = 0;
};

TEST_F(StormTest, NoMoreStartAndThoseThatHaveEnd) {
  for (const bool open : {false, true}) {
    SteadyTarget target(clock_, 10s);
    Journeys journeys({}, target, nullptr, clock_, executors_, Random(1));
    Stopper stopper;
    Storm storm(target, journeys, clock_, executors_, stopper, StormOptions{100, 3},
                make_arrivals(open ? every_second() : ArrivalSpec(), Random(1)));
    stopper.storm = &storm;
    stopper.at = 4;
    bool ended = false;
    boost::asio::co_spawn(loop_, storm.run(), [&](std::exception_ptr) { ended = true; });
    clock_.run(loop_);
    EXPECT_TRUE(ended);
    EXPECT_EQ(storm.counts().started, 7u) << "4 ended, 2 were under way beside it";
    EXPECT_EQ(storm.counts().completed, storm.counts().started);
    EXPECT_EQ(stopper.stopped, 1);
    EXPECT_EQ(target.rests, 1);
  }
}

TEST_F(StormTest, WhereAllHaveStartedNothingIsLeftToStop) {
  SteadyTarget target(clock_, 10s);
  Journeys journeys({}, target, nullptr, clock_, executors_, Random(1));
  Stopper stopper;
  Storm storm(target, journeys, clock_, executors_, stopper, StormOptions{3, 3});
  stopper.storm = &storm;
  boost::asio::co_spawn(loop_, storm.run(), [](std::exception_ptr) {});
  clock_.run(loop_);
  EXPECT_EQ(storm.counts().completed, 3u);
  EXPECT_EQ(stopper.stopped, 0);
}

std::vector<JourneySpec> set_up_by(std::uint32_t clients, bool twice) {
  JourneySpec journey;
  journey.end = JourneyEnd::set_up;
  journey.setup_clients = clients;
  journey.asks_twice = twice;
  return {journey};
}

TEST_F(StormTest, SeveralClientsAskForOneEscrow) {
  SteadyTarget target(clock_, 10s);
  run(target, StormOptions{2, 2}, {}, set_up_by(10, false));
  EXPECT_EQ(target.asked, 20u);
  EXPECT_EQ(counts_.completed, 2u);
  EXPECT_EQ(clock_.now(), TimePoint(10s));
}

TEST_F(StormTest, EveryClientMustBeToldTheSame) {
  for (const auto& [clients, twice] : {std::pair(10u, false), {1u, true}}) {
    SteadyTarget target(clock_, 10s);
    target.lie_to = clients + (twice ? 1 : 0);
    run(target, StormOptions{1, 1}, {}, set_up_by(clients, twice));
    EXPECT_EQ(counts_.failed, 1u) << clients;
    EXPECT_THAT(seen_.events.back().message, testing::HasSubstr("told different things"));
  }
}

TEST_F(StormTest, ABugOfTheTargetGoesUp) {
  ThrowingTarget target;
  EXPECT_THROW(run(target, StormOptions{1, 1}), std::logic_error);
}

}  // namespace
}  // namespace escrowstorm::sim
