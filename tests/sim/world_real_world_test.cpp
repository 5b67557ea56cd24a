#include <gtest/gtest.h>
#include <signal.h>
#include <unistd.h>

#include <stdexcept>

#include "base/wait_list.hpp"
#include "sim/world/real_world.hpp"

namespace escrowstorm::sim {
namespace {

using namespace std::chrono_literals;

class EmptyWorld final : public RealWorld {
 public:
  using RealWorld::run_start;
};

Awaitable<void> sleep_and_count(Clock& clock, int& count) {
  co_await clock.sleep_until(clock.now() + 1ms);
  ++count;
}

Awaitable<void> fail_later(Clock& clock) {
  co_await clock.sleep_until(clock.now() + 1ms);
  throw std::runtime_error("main failed");
}

// Counts up when it is dropped.
struct Dropped {
  int& count;
  ~Dropped() { ++count; }
};

Awaitable<void> sleep_for_ever(Clock& clock, int& dropped) {
  const Dropped local{dropped};
  co_await clock.sleep_until(clock.now() + 24h);
}

Awaitable<void> signal_and_sleep(Clock& clock, int signal, int& dropped) {
  ::kill(::getpid(), signal);
  co_await sleep_for_ever(clock, dropped);
}

TEST(RealWorld, RunsMainToItsEndAndAgain) {
  EmptyWorld world;
  int count = 0;
  world.run(sleep_and_count(world.clock(), count), nullptr);
  world.run(sleep_and_count(world.clock(), count), nullptr);
  EXPECT_EQ(count, 2);
  EXPECT_FALSE(world.interrupted());
  world.abandon();
}

TEST(RealWorld, ThrowsWhatMainThrows) {
  EmptyWorld world;
  EXPECT_THROW(world.run(fail_later(world.clock()), nullptr), std::runtime_error);
  world.abandon();
}

TEST(RealWorld, ASignalEndsTheRun) {
  for (const int signal : {SIGINT, SIGTERM}) {
    EmptyWorld world;
    int dropped = 0;
    world.run(signal_and_sleep(world.clock(), signal, dropped), nullptr);
    EXPECT_TRUE(world.interrupted());
    int count = 0;
    world.run(sleep_and_count(world.clock(), count), nullptr);
    EXPECT_EQ(count, 0) << "ran after the signal";
    world.abandon();
    EXPECT_EQ(dropped, 1);
  }
}

TEST(RealWorld, ASignalWhileSettingUpIsAnErrorOfItsOwn) {
  EmptyWorld world;
  int dropped = 0;
  EXPECT_THROW(world.run_start(signal_and_sleep(world.clock(), SIGINT, dropped)), WorldInterrupted);
  world.abandon();
}

TEST(RealWorldDeathTest, ASecondSignalKills) {
  EXPECT_EXIT(
      {
        EmptyWorld world;
        int dropped = 0;
        world.run(signal_and_sleep(world.clock(), SIGINT, dropped), nullptr);
        ::kill(::getpid(), SIGINT);
        ::pause();
      },
      testing::KilledBySignal(SIGINT), "");
}

}  // namespace
}  // namespace escrowstorm::sim
