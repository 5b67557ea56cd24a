#include "base/wait_list.hpp"

#include <boost/asio/associated_executor.hpp>
#include <boost/asio/async_result.hpp>
#include <boost/asio/executor_work_guard.hpp>
#include <boost/asio/post.hpp>
#include <boost/asio/use_awaitable.hpp>

namespace escrowstorm {

namespace asio = boost::asio;

struct WaitList::Waiter {
  virtual ~Waiter() = default;
  virtual void resume() = 0;
};

namespace {

template <class Handler>
struct WaiterOf final : WaitList::Waiter {
  explicit WaiterOf(Handler h)
      : handler(std::move(h)),
        work(asio::make_work_guard(asio::get_associated_executor(handler))) {}

  void resume() override {
    auto executor = work.get_executor();
    work.reset();
    asio::post(executor, std::move(handler));
  }

  Handler handler;
  asio::executor_work_guard<asio::associated_executor_t<Handler>> work;  // keeps run() waiting
};

using Queue = std::deque<std::unique_ptr<WaitList::Waiter>>;

// In an ordinary function, with the queue as a value: g++ 12 miscompiles captures in co_await.
struct Enqueue {
  template <class Handler>
  void operator()(Handler&& handler, Queue* queue) const {
    using H = std::decay_t<Handler>;
    queue->push_back(std::make_unique<WaiterOf<H>>(std::forward<Handler>(handler)));
  }
};

Awaitable<void> suspend_in(Queue& queue) {
  return asio::async_initiate<const asio::use_awaitable_t<Executor>, void()>(
      Enqueue(), asio::use_awaitable, &queue);
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

}  // namespace escrowstorm
