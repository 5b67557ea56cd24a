#include "base/alarm.hpp"

#include <boost/asio/co_spawn.hpp>
#include <boost/asio/post.hpp>
#include <boost/asio/use_awaitable.hpp>
#include <optional>
#include <utility>

#include "base/rethrow.hpp"

namespace escrowstorm {
namespace {

class ClockAlarm final : public Alarm {
 public:
  ClockAlarm(Clock& clock, Executor executor, std::function<void()> ring)
      : state_(std::make_shared<State>(clock, std::move(executor), std::move(ring))) {}
  ~ClockAlarm() override {
    state_->at.reset();
    state_->timer.reset();  // and the wait with it
  }

  void set(TimePoint t) override {
    State& state = *state_;
    state.at = t;
    if (state.runs) return state.timer->cancel();
    state.runs = true;
    boost::asio::co_spawn(state.executor, run(state_), rethrow);
  }

  void unset() override {
    state_->at.reset();
    state_->timer->cancel();
  }

 private:
  struct State {
    State(Clock& c, Executor e, std::function<void()> r)
        : clock(c), executor(std::move(e)), ring(std::move(r)), timer(c.make_timer()) {}

    Clock& clock;
    Executor executor;
    std::function<void()> ring;
    std::unique_ptr<Timer> timer;  // none: the alarm is gone
    std::optional<TimePoint> at;
    bool runs = false;
  };

  static Awaitable<void> run(std::shared_ptr<State> state) {
    co_await boost::asio::post(state->executor, boost::asio::use_awaitable);
    while (state->at) {
      if (*state->at <= state->clock.now()) {
        state->at.reset();
        state->ring();
      } else {
        co_await state->timer->wait_until(*state->at);
      }
    }
    state->runs = false;
  }

  std::shared_ptr<State> state_;  // shared with the coroutine that waits
};

}  // namespace

std::unique_ptr<Alarm> ClockAlarms::make(Executor executor, std::function<void()> ring) {
  return std::make_unique<ClockAlarm>(clock_, std::move(executor), std::move(ring));
}

}  // namespace escrowstorm
