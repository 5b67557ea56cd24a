// The real clock and the manual one of the tests keep the same promises.
#include <gmock/gmock.h>

#include <boost/asio/co_spawn.hpp>
#include <boost/asio/detached.hpp>
#include <string>
#include <vector>

#include "base/real_clock.hpp"
#include "base/real_loop.hpp"
#include "tests/support/manual_clock.hpp"

namespace escrowstorm {
namespace {

namespace asio = boost::asio;
using testing::ElementsAre;
using namespace std::chrono_literals;

void start(asio::io_context& loop, Awaitable<void> work) {
  asio::co_spawn(loop, std::move(work), asio::detached);
}

Awaitable<void> sleep_and_log(Clock& clock, TimePoint until, std::string name,
                              std::vector<std::string>& log) {
  co_await clock.sleep_until(until);
  log.push_back(std::move(name));
}

Awaitable<void> wait_and_log(Timer& timer, TimePoint until, std::vector<std::string>& log) {
  const bool reached = co_await timer.wait_until(until);
  log.push_back(reached ? "reached" : "cancelled");
}

TEST(RealClock, SleepsAsLongAsAskedAndNotOverThePast) {
  RealLoop loop;
  RealClock clock(loop.get_executor());
  std::vector<std::string> log;
  const TimePoint began = clock.now();
  start(loop, sleep_and_log(clock, began, "past", log));
  loop.poll();
  EXPECT_THAT(log, ElementsAre("past"));
  loop.restart();
  start(loop, sleep_and_log(clock, began + 3ms, "future", log));
  loop.run();
  EXPECT_THAT(log, ElementsAre("past", "future"));
  EXPECT_GE(clock.now(), began + 3ms);
}

TEST(RealClock, ATimerCanBeCutShortAndUsedAgain) {
  RealLoop loop;
  RealClock clock(loop.get_executor());
  std::vector<std::string> log;
  const auto timer = clock.make_timer();
  start(loop, wait_and_log(*timer, clock.now() + 1h, log));
  loop.poll();
  timer->cancel();
  loop.run();
  loop.restart();
  start(loop, wait_and_log(*timer, clock.now() + 1ms, log));
  loop.run();
  EXPECT_THAT(log, ElementsAre("cancelled", "reached"));
}

TEST(RealClock, AbandonedSleepersAreDropped) {
  std::vector<std::string> log;
  RealLoop loop;
  RealClock clock(loop.get_executor());
  start(loop, sleep_and_log(clock, clock.now() + 1h, "never", log));
  loop.poll();
  loop.abandon();
  EXPECT_THAT(log, testing::IsEmpty());
}

TEST(ManualClock, JumpsFromDeadlineToDeadlineTiesInOrder) {
  asio::io_context loop;
  test::ManualClock clock;
  std::vector<std::string> log;
  start(loop, sleep_and_log(clock, TimePoint(2h), "last", log));
  start(loop, sleep_and_log(clock, TimePoint(1h), "first of two", log));
  start(loop, sleep_and_log(clock, TimePoint(1h), "second of two", log));
  clock.run(loop);
  EXPECT_THAT(log, ElementsAre("first of two", "second of two", "last"));
  EXPECT_EQ(clock.now(), TimePoint(2h));
}

TEST(ManualClock, ATimerCanBeCutShort) {
  asio::io_context loop;
  test::ManualClock clock;
  std::vector<std::string> log;
  const auto timer = clock.make_timer();
  start(loop, wait_and_log(*timer, TimePoint(1h), log));
  loop.poll();
  timer->cancel();
  clock.run(loop);
  EXPECT_THAT(log, ElementsAre("cancelled"));
  EXPECT_EQ(clock.now(), TimePoint());
}

}  // namespace
}  // namespace escrowstorm
