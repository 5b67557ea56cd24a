// WaitList and what is made of it: FifoMutex, Mailbox.
#include <gmock/gmock.h>

#include <boost/asio/co_spawn.hpp>
#include <boost/asio/detached.hpp>
#include <memory>
#include <string>
#include <vector>

#include "base/fifo_mutex.hpp"
#include "base/mailbox.hpp"
#include "base/real_loop.hpp"

namespace escrowstorm {
namespace {

namespace asio = boost::asio;
using testing::ElementsAre;
using testing::IsEmpty;

using Log = std::vector<std::string>;

void start(RealLoop& loop, Awaitable<void> work) {
  asio::co_spawn(loop, std::move(work), asio::detached);
}

void run_ready(RealLoop& loop) {
  loop.restart();
  loop.poll();
}

Awaitable<void> wait_and_log(WaitList& list, std::string name, Log& log) {
  co_await list.wait();
  log.push_back(std::move(name));
}

TEST(WaitList, WakesInTheOrderOfComing) {
  RealLoop loop;
  WaitList list;
  Log log;
  for (const char* name : {"a", "b", "c"}) start(loop, wait_and_log(list, name, log));
  run_ready(loop);
  EXPECT_EQ(list.size(), 3u);
  EXPECT_THAT(log, IsEmpty());

  EXPECT_TRUE(list.wake_one());
  EXPECT_THAT(log, IsEmpty()) << "woken by a post, not inside the waker";
  run_ready(loop);
  EXPECT_THAT(log, ElementsAre("a"));
  list.wake_all();
  run_ready(loop);
  EXPECT_THAT(log, ElementsAre("a", "b", "c"));
  EXPECT_FALSE(list.wake_one());
}

Awaitable<void> hold(FifoMutex& mutex, WaitList& gate, std::string name, Log& log) {
  const FifoMutex::Guard guard = co_await mutex.lock();
  log.push_back(name + " in");
  co_await gate.wait();
  log.push_back(name + " out");
}

TEST(FifoMutex, IsHeldByOneAndGrantedInOrder) {
  RealLoop loop;
  FifoMutex mutex;
  WaitList gate;
  Log log;
  for (const char* name : {"a", "b", "c"}) start(loop, hold(mutex, gate, name, log));
  for (int i = 0; i < 3; ++i) {
    run_ready(loop);
    EXPECT_EQ(mutex.waiting(), 2u - i);
    gate.wake_one();
  }
  run_ready(loop);
  EXPECT_THAT(log, ElementsAre("a in", "a out", "b in", "b out", "c in", "c out"));
}

TEST(FifoMutex, ALateComerDoesNotOvertakeTheWaiting) {
  RealLoop loop;
  FifoMutex mutex;
  WaitList gate;
  Log log;
  start(loop, hold(mutex, gate, "a", log));
  start(loop, hold(mutex, gate, "b", log));
  run_ready(loop);
  gate.wake_one();
  start(loop, hold(mutex, gate, "late", log));  // asks in the same turn in which a unlocks
  for (int i = 0; i < 3; ++i) {
    run_ready(loop);
    gate.wake_one();
  }
  EXPECT_THAT(log, ElementsAre("a in", "a out", "b in", "b out", "late in", "late out"));
}

Awaitable<void> take_into(Mailbox<int>& mailbox, int count, std::vector<int>& taken) {
  for (int i = 0; i < count; ++i) taken.push_back(co_await mailbox.take());
}

TEST(Mailbox, HandsOverInOrderWhetherTheTakerOrTheValueIsFirst) {
  RealLoop loop;
  Mailbox<int> mailbox;
  std::vector<int> taken;
  mailbox.put(1);
  mailbox.put(2);
  start(loop, take_into(mailbox, 5, taken));
  run_ready(loop);
  EXPECT_THAT(taken, ElementsAre(1, 2));
  mailbox.put(3);
  run_ready(loop);
  EXPECT_THAT(taken, ElementsAre(1, 2, 3));
  mailbox.put(4);
  mailbox.put(5);
  run_ready(loop);
  EXPECT_THAT(taken, ElementsAre(1, 2, 3, 4, 5));
}

struct DropLog {
  std::string name;
  Log& log;
  ~DropLog() { log.push_back(name); }
};

Awaitable<void> wait_with_local(WaitList& list, Log& log) {
  const DropLog local{"dropped", log};
  co_await list.wait();
  log.push_back("resumed");
}

TEST(WaitList, DestroyingItDropsTheWaiters) {
  Log log;
  RealLoop loop;
  auto list = std::make_unique<WaitList>();
  start(loop, wait_with_local(*list, log));
  run_ready(loop);
  list.reset();
  run_ready(loop);
  EXPECT_THAT(log, ElementsAre("dropped"));
}

TEST(RealLoop, AbandonDropsThoseThatWereJustWoken) {
  Log log;
  RealLoop loop;
  WaitList list;
  start(loop, wait_with_local(list, log));
  run_ready(loop);
  list.wake_one();
  loop.abandon();
  EXPECT_THAT(log, ElementsAre("dropped"));
}

}  // namespace
}  // namespace escrowstorm
