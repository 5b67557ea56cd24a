#include "base/wait_list.hpp"

#include <boost/asio/associated_executor.hpp>
#include <boost/asio/async_result.hpp>
#include <boost/asio/executor_work_guard.hpp>
#include <boost/asio/post.hpp>
#include <boost/asio/use_awaitable.hpp>

namespace escrowstorm {

namespace asio = boost::asio;

class Waiter {
 public:
  virtual ~Waiter() = default;
  virtual void resume() = 0;
  virtual void resume_here() = 0;
};

namespace {

template <class Handler>
struct WaiterOf final : Waiter {
  explicit WaiterOf(Handler h)
      : handler(std::move(h)),
        work(asio::make_work_guard(asio::get_associated_executor(handler))) {}

  void resume() override {
    auto executor = work.get_executor();
    work.reset();
    asio::post(executor, std::move(handler));
  }

  void resume_here() override {
    work.reset();
    Handler moved = std::move(handler);
    moved();
  }

  Handler handler;
  asio::executor_work_guard<asio::associated_executor_t<Handler>> work;  // keeps run() waiting
};

using Queue = std::deque<std::unique_ptr<Waiter>>;
using Place = std::unique_ptr<Waiter>;

void put(Queue& queue, std::unique_ptr<Waiter> waiter) { queue.push_back(std::move(waiter)); }
void put(Place& place, std::unique_ptr<Waiter> waiter) { place = std::move(waiter); }

// In an ordinary function, with the room as a value: g++ 12 miscompiles captures in co_await.
struct Enter {
  template <class Handler, class Room>
  void operator()(Handler&& handler, Room* room) const {
    using H = std::decay_t<Handler>;
    put(*room, std::make_unique<WaiterOf<H>>(std::forward<Handler>(handler)));
  }
};

template <class Room>
Awaitable<void> suspend_in(Room& room) {
  return asio::async_initiate<const asio::use_awaitable_t<Executor>, void()>(
      Enter(), asio::use_awaitable, &room);
}

}  // namespace

WaitList::WaitList() = default;

WaitList::~WaitList() {
  // Dropping a waiter destroys its frame, whose locals may come back here: empty the list first.
  Queue dropped = std::move(waiters_);
  waiters_.clear();
}

Awaitable<void> WaitList::wait() { return suspend_in(waiters_); }

bool WaitList::wake_one() {
  if (waiters_.empty()) return false;
  auto first = std::move(waiters_.front());
  waiters_.pop_front();
  first->resume();
  return true;
}

void WaitList::wake_all() {
  while (wake_one()) {
  }
}

WaitPlace::WaitPlace() = default;

WaitPlace::~WaitPlace() { drop(); }

Awaitable<void> WaitPlace::wait() { return suspend_in(waiter_); }

bool WaitPlace::wake() {
  if (!waiter_) return false;
  const auto woken = std::move(waiter_);
  woken->resume();
  return true;
}

bool WaitPlace::wake_here() {
  if (!waiter_) return false;
  const auto woken = std::move(waiter_);
  woken->resume_here();
  return true;
}

// As ~WaitList().
void WaitPlace::drop() { const auto dropped = std::move(waiter_); }

}  // namespace escrowstorm
