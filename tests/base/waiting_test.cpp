// Suspended coroutines: who is woken when, and what becomes of those that never are.
#include <gmock/gmock.h>

#include <boost/asio/co_spawn.hpp>
#include <boost/asio/detached.hpp>
#include <memory>
#include <string>
#include <vector>

#include "base/real_loop.hpp"
#include "base/wait_list.hpp"

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

Awaitable<void> wait_in_place(WaitPlace& place, Log& log) {
  const DropLog local{"ended", log};
  co_await place.wait();
  log.push_back("resumed");
}

TEST(WaitPlace, WakesOrDropsTheOneThatWaits) {
  Log log;
  RealLoop loop;
  WaitPlace place;
  EXPECT_FALSE(place.wake());
  start(loop, wait_in_place(place, log));
  run_ready(loop);
  EXPECT_TRUE(place.wake());
  EXPECT_FALSE(place.wake());
  EXPECT_THAT(log, IsEmpty()) << "woken by a post, not inside the waker";
  run_ready(loop);
  EXPECT_THAT(log, ElementsAre("resumed", "ended"));

  start(loop, wait_in_place(place, log));
  run_ready(loop);
  place.drop();
  run_ready(loop);
  EXPECT_THAT(log, ElementsAre("resumed", "ended", "ended"));
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
