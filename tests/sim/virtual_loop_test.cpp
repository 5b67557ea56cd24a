#include "sim/virtual/virtual_loop.hpp"

#include <gmock/gmock.h>
#include <gtest/gtest.h>

#include <algorithm>
#include <boost/asio/co_spawn.hpp>
#include <boost/asio/detached.hpp>
#include <boost/asio/post.hpp>
#include <boost/asio/use_awaitable.hpp>
#include <map>
#include <string>

#include "base/wait_list.hpp"
#include "sim/virtual/virtual_alarms.hpp"
#include "sim/virtual/virtual_clock.hpp"

namespace escrowstorm::sim {
namespace {

namespace asio = boost::asio;
using namespace std::chrono_literals;
using testing::ElementsAre;

struct LoopRig {
  explicit LoopRig(std::string_view schedule = "fifo", std::uint64_t seed = 1,
                   std::uint64_t choices = choices_without_end)
      : loop(find_scheduler(schedule)->make(Random(seed).stream("schedule"), choices)) {}

  void spawn(Executor executor, Awaitable<void> coroutine) {
    asio::co_spawn(executor, std::move(coroutine), asio::detached);
  }
  Awaitable<void> say_at(TimePoint at, std::string what) {
    co_await clock.sleep_until(at);
    said.push_back(std::move(what));
  }
  // Says it several times, at one and the same instant.
  Awaitable<void> repeat(std::string what, int times) {
    for (int i = 0; i < times; ++i) {
      said.push_back(what);
      co_await asio::post(asio::use_awaitable);
    }
  }

  VirtualLoop loop;
  VirtualClock clock{loop};
  std::vector<std::string> said;
};

TimePoint at(Duration d) { return TimePoint(d); }

TEST(VirtualLoop, TimeJumpsFromDeadlineToDeadline) {
  LoopRig rig;
  rig.spawn(rig.loop.executor(), rig.say_at(at(24h), "a day"));
  rig.spawn(rig.loop.executor(), rig.say_at(at(1s), "a second"));
  rig.spawn(rig.loop.executor(), rig.say_at(at(0s), "now"));
  EXPECT_EQ(rig.loop.run(), VirtualLoop::Ran::out) << "nothing is left";
  EXPECT_THAT(rig.said, ElementsAre("now", "a second", "a day"));
  EXPECT_EQ(rig.loop.now(), at(24h));
}

TEST(VirtualLoop, EqualDeadlinesComeInTheOrderOfAsking) {
  LoopRig rig;
  for (const char* name : {"1", "2", "3", "4", "5"})
    rig.spawn(rig.loop.executor(), rig.say_at(at(1s), name));
  rig.loop.run();
  EXPECT_THAT(rig.said, ElementsAre("1", "2", "3", "4", "5"));
}

TEST(VirtualLoop, StopsWhenToldTo) {
  LoopRig rig;
  rig.spawn(rig.loop.executor(), rig.say_at(at(2s), "after"));
  asio::post(rig.loop.executor(), [&] { rig.loop.stop(); });
  EXPECT_EQ(rig.loop.run(), VirtualLoop::Ran::stopped);
  EXPECT_TRUE(rig.said.empty());
  EXPECT_EQ(rig.loop.run(), VirtualLoop::Ran::out) << "goes on where it stopped";
  EXPECT_THAT(rig.said, ElementsAre("after"));
}

TEST(VirtualLoop, PausesAfterSoManySteps) {
  LoopRig rig;
  rig.spawn(rig.loop.executor(), rig.repeat("x", 10));
  int pauses = 0;
  while (rig.loop.run(3) == VirtualLoop::Ran::paused) ++pauses;
  EXPECT_GT(pauses, 2);
  EXPECT_EQ(rig.said.size(), 10u);
}

TEST(VirtualLoop, WhatATaskThrowsComesOut) {
  LoopRig rig;
  asio::post(rig.loop.executor(), [] { throw std::runtime_error("bug"); });
  EXPECT_THROW(rig.loop.run(), std::runtime_error);
}

Awaitable<void> note_wait(Timer& timer, TimePoint until, std::vector<bool>& reached) {
  const bool was = co_await timer.wait_until(until);
  reached.push_back(was);
}

TEST(VirtualClock, ATimerIsReachedOrCutShort) {
  LoopRig rig;
  const auto timer = rig.clock.make_timer();
  std::vector<bool> reached;
  rig.spawn(rig.loop.executor(), note_wait(*timer, at(1s), reached));
  rig.loop.run();
  EXPECT_THAT(reached, ElementsAre(true));
  EXPECT_EQ(rig.loop.now(), at(1s));
  timer->cancel();  // nobody waits

  rig.spawn(rig.loop.executor(), note_wait(*timer, at(10s), reached));
  asio::post(rig.loop.executor(), [&] { timer->cancel(); });
  rig.loop.run();
  EXPECT_THAT(reached, ElementsAre(true, false));
  EXPECT_EQ(rig.loop.now(), at(1s)) << "what is cancelled moves no time";

  rig.spawn(rig.loop.executor(), note_wait(*timer, at(1s), reached));
  rig.loop.run();
  EXPECT_THAT(reached, ElementsAre(true, false, true)) << "a time that has passed";
}

TEST(VirtualAlarms, RingAtTheirTimeOrNever) {
  LoopRig rig;
  VirtualAlarms alarms(rig.loop);
  int rung = 0;
  auto alarm = alarms.make(rig.loop.for_instance(3), [&] { ++rung; });
  alarm->set(at(1s));
  alarm->set(at(2s));  // instead
  rig.loop.run();
  EXPECT_EQ(rung, 1);
  EXPECT_EQ(rig.loop.now(), at(2s));

  alarm->set(at(1s));  // has passed
  EXPECT_EQ(rung, 1) << "not within set()";
  rig.loop.run();
  EXPECT_EQ(rung, 2);

  alarm->set(at(3s));
  alarm->unset();
  rig.loop.run();
  EXPECT_EQ(rung, 2);
  EXPECT_EQ(rig.loop.now(), at(2s));
}

TEST(VirtualAlarms, ADestroyedOneIsSilentThoughItsTimeHasCome) {
  LoopRig rig;
  VirtualAlarms alarms(rig.loop);
  int rung = 0;
  auto alarm = alarms.make(rig.loop.executor(), [&] { ++rung; });
  alarm->set(at(0s));  // is among the ready now
  alarm.reset();
  rig.loop.run();
  EXPECT_EQ(rung, 0);

  alarm = alarms.make(rig.loop.executor(), [&] { ++rung; });
  alarm->set(at(0s));
  alarm->unset();
  rig.loop.run();
  EXPECT_EQ(rung, 0);

  alarm->set(at(0s));
  rig.loop.abandon();  // the task goes before its alarm
}

struct Noted {
  explicit Noted(int& count) : count_(count) { ++count_; }
  ~Noted() { --count_; }
  Noted(const Noted&) = delete;
  int& count_;
};

Awaitable<void> live_on(Timer& timer, int& alive) {
  const Noted noted(alive);
  co_await timer.wait_until(at(1h));
}

Awaitable<void> sleep_on(Clock& clock, int& alive) {
  const Noted noted(alive);
  co_await clock.sleep_until(at(1h));
}

TEST(VirtualClock, DestroyingATimerDropsWhoWaits) {
  LoopRig rig;
  auto timer = rig.clock.make_timer();
  int alive = 0;
  rig.spawn(rig.loop.executor(), live_on(*timer, alive));
  asio::post(rig.loop.executor(), [&] { rig.loop.stop(); });
  rig.loop.run();
  EXPECT_EQ(alive, 1);
  timer.reset();
  EXPECT_EQ(rig.loop.run(), VirtualLoop::Ran::out) << "it goes by way of its executor";
  EXPECT_EQ(alive, 0);
  EXPECT_EQ(rig.loop.now(), at(0s));
}

TEST(VirtualLoop, AbandonDropsWhateverWaits) {
  LoopRig rig;
  const auto timer = rig.clock.make_timer();
  int alive = 0;
  rig.spawn(rig.loop.executor(), live_on(*timer, alive));
  for (int i = 0; i < 100; ++i) rig.spawn(rig.loop.executor(), sleep_on(rig.clock, alive));
  asio::post(rig.loop.executor(), [&] { rig.loop.stop(); });
  rig.loop.run();
  rig.spawn(rig.loop.executor(), sleep_on(rig.clock, alive));  // never started
  EXPECT_EQ(alive, 101);
  rig.loop.abandon();
  EXPECT_EQ(alive, 0);
  EXPECT_EQ(rig.loop.run(), VirtualLoop::Ran::out);
}

std::vector<std::string> order_of(std::string_view schedule, std::uint64_t seed,
                                  std::uint64_t choices = choices_without_end) {
  LoopRig rig(schedule, seed, choices);
  for (const std::uint64_t escrow : {1, 2, 3, 4})
    rig.spawn(rig.loop.for_escrow(escrow), rig.repeat(std::to_string(escrow), 20));
  rig.loop.run();
  return rig.said;
}

TEST(Scheduler, FifoIsTheOrderOfBecomingReady) {
  const auto order = order_of("fifo", 1);
  for (std::size_t i = 0; i < order.size(); ++i) EXPECT_EQ(order[i], std::to_string(i % 4 + 1));
}

TEST(Scheduler, ASeedIsAnOrder) {
  for (const char* schedule : {"random", "starve"}) {
    EXPECT_EQ(order_of(schedule, 1), order_of(schedule, 1)) << schedule;
    EXPECT_NE(order_of(schedule, 1), order_of(schedule, 2)) << schedule;
    EXPECT_EQ(order_of(schedule, 1).size(), 80u) << schedule << ": all have run";
  }
}

TEST(Scheduler, ManyOrdersAreSeen) {
  std::map<std::vector<std::string>, int> seen;
  for (std::uint64_t seed = 1; seed <= 100; ++seed) ++seen[order_of("random", seed)];
  EXPECT_EQ(seen.size(), 100u);
}

TEST(Scheduler, WithoutChoicesItIsFifo) {
  for (const char* schedule : {"random", "starve"}) {
    EXPECT_EQ(order_of(schedule, 1, 0), order_of("fifo", 1)) << schedule;
    EXPECT_NE(order_of(schedule, 1, 5), order_of("fifo", 1)) << schedule;
    EXPECT_EQ(order_of(schedule, 1, 5).size(), 80u) << schedule;
  }
}

// Also of one that is held back as the choices end.
TEST(Scheduler, WithinALaneTheOrderIsKept) {
  for (const char* schedule : {"random", "starve"}) {
    for (std::uint64_t seed = 1; seed <= 200; ++seed) {
      VirtualLoop loop(find_scheduler(schedule)->make(Random(seed).stream("schedule"), 10));
      std::vector<int> order;
      int posted = 0;
      const auto post_one = [&] {
        asio::post(loop.for_escrow(0), [&order, number = posted++] { order.push_back(number); });
      };
      for (int i = 0; i < 60; ++i) asio::post(loop.for_escrow(1 + i % 2), post_one);
      loop.run();
      EXPECT_EQ(order.size(), 60u);
      EXPECT_TRUE(std::is_sorted(order.begin(), order.end())) << schedule << ", seed " << seed;
    }
  }
}

// Two that each have much to do at one instant; time has to pass for one that is held back.
TEST(Scheduler, StarvingLetsTimePassForWhoIsHeldBack) {
  int held = 0;
  for (std::uint64_t seed = 1; seed <= 50; ++seed) {
    LoopRig rig("starve", seed);
    for (const std::uint64_t escrow : {1, 2})
      rig.spawn(rig.loop.for_escrow(escrow), rig.repeat(std::to_string(escrow), 50));
    rig.loop.run();
    EXPECT_EQ(rig.said.size(), 100u) << "everybody gets there in the end";
    EXPECT_LE(rig.loop.now(), at(10min)) << "nobody is held back for long";
    if (rig.loop.now() > at(0s)) ++held;
  }
  EXPECT_GT(held, 10);
}

TEST(Deadlines, KeepTheirOrderUnderSettingAndCancelling) {
  struct Noting final : Deadline {
    void reached() override {}
    void dropped() override {}
  };
  RandomStream random(1);
  for (int round = 0; round < 200; ++round) {
    std::vector<Noting> all(50);
    std::map<std::pair<TimePoint, int>, Noting*> expected;
    std::map<Noting*, std::pair<TimePoint, int>> keys;
    Deadlines deadlines;
    for (int step = 0; step < 300; ++step) {
      Noting& one = all[random.below(all.size())];
      if (one.is_set()) {
        expected.erase(keys[&one]);
        deadlines.cancel(one);
      } else {
        keys[&one] = {at(Duration(random.below(20))), step};
        expected[keys[&one]] = &one;
        deadlines.set(one, keys[&one].first);
      }
    }
    for (const auto& [key, one] : expected) {
      ASSERT_FALSE(deadlines.empty());
      EXPECT_EQ(deadlines.first(), key.first);
      EXPECT_EQ(&deadlines.take_first(), one);
      EXPECT_FALSE(one->is_set());
    }
    EXPECT_TRUE(deadlines.empty());
  }
}

}  // namespace
}  // namespace escrowstorm::sim
