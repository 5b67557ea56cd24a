#include "sim/virtual/virtual_clock.hpp"

#include <boost/asio/associated_executor.hpp>
#include <boost/asio/async_result.hpp>
#include <boost/asio/deferred.hpp>

namespace escrowstorm::sim {
namespace {

namespace asio = boost::asio;

// A suspended coroutine that waits for a moment, or for its wait to be cut short. Belongs to itself
// while it waits, then to the queue of what is ready.
class Wait : public Task, public Deadline {
 public:
  Wait(VirtualLoop& loop, LaneId lane, Wait** place) : Task(lane), loop_(loop), place_(place) {
    if (place_) *place_ = this;
  }
  ~Wait() override {
    if (is_set()) loop_.deadlines().cancel(*this);
  }

  void set(TimePoint at) { loop_.deadlines().set(*this, at); }
  void reached() override { end(true); }
  void dropped() override {
    leave_place();  // dropping the coroutine may destroy the timer
    delete this;
  }
  void cut_short() {
    loop_.deadlines().cancel(*this);
    end(false);
  }

 protected:
  bool reached_ = false;

 private:
  void leave_place() {
    if (place_) *std::exchange(place_, nullptr) = nullptr;
  }

  void end(bool reached) {
    reached_ = reached;
    leave_place();
    loop_.push(std::unique_ptr<Task>(this));
  }

  VirtualLoop& loop_;
  Wait** place_;  // where the timer keeps it; none of a sleep
};

template <class Handler>
class WaitOf final : public Wait {
 public:
  WaitOf(VirtualLoop& loop, Wait** place, Handler handler)
      : Wait(loop, VirtualLoop::lane_of(asio::get_associated_executor(handler)), place),
        handler_(std::move(handler)) {}
  void run() override { std::move(handler_)(reached_); }

 private:
  Handler handler_;
};

// In an ordinary function, with values as arguments: g++ 12 miscompiles captures in co_await.
struct StartWait {
  template <class Handler>
  void operator()(Handler&& handler, VirtualLoop* loop, Wait** place, TimePoint until) const {
    using H = std::decay_t<Handler>;
    (new WaitOf<H>(*loop, place, std::forward<Handler>(handler)))->set(until);
  }
};

// To be awaited at once: it has no frame of its own.
auto suspend(VirtualLoop& loop, Wait** place, TimePoint until) {
  return asio::async_initiate<const asio::deferred_t, void(bool)>(StartWait(), asio::deferred,
                                                                  &loop, place, until);
}

class VirtualTimer final : public Timer {
 public:
  explicit VirtualTimer(VirtualLoop& loop) : loop_(loop) {}
  ~VirtualTimer() override {
    if (wait_) wait_->dropped();
  }

  Awaitable<bool> wait_until(TimePoint t) override {
    if (t <= loop_.now()) co_return true;
    co_return co_await suspend(loop_, &wait_, t);
  }

  void cancel() override {
    if (wait_) wait_->cut_short();
  }

 private:
  VirtualLoop& loop_;
  Wait* wait_ = nullptr;  // that is under way
};

}  // namespace

Awaitable<void> VirtualClock::sleep_until(TimePoint t) {
  if (t > loop_.now()) co_await suspend(loop_, nullptr, t);
}

std::unique_ptr<Timer> VirtualClock::make_timer() { return std::make_unique<VirtualTimer>(loop_); }

}  // namespace escrowstorm::sim
