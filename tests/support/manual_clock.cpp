#include "tests/support/manual_clock.hpp"

namespace escrowstorm::test {

class ManualClock::ManualTimer final : public Timer {
 public:
  explicit ManualTimer(ManualClock& clock) : clock_(clock) {}
  ~ManualTimer() override { clock_.deadlines_.erase(key_); }

  Awaitable<bool> wait_until(TimePoint t) override {
    if (t <= clock_.now_) co_return true;
    cancelled_ = false;
    key_ = Key(t, clock_.sequence_++);
    clock_.deadlines_.emplace(key_, &waiting_);
    co_await waiting_.wait();
    co_return !cancelled_;
  }

  void cancel() override {
    if (clock_.deadlines_.erase(key_) == 0) return;
    cancelled_ = true;
    waiting_.wake_all();
  }

 private:
  ManualClock& clock_;
  Key key_{};
  bool cancelled_ = false;
  WaitList waiting_;
};

std::unique_ptr<Timer> ManualClock::make_timer() { return std::make_unique<ManualTimer>(*this); }

Awaitable<void> ManualClock::sleep_until(TimePoint t) {
  if (t <= now_) co_return;
  const Key key(t, sequence_++);
  WaitList& sleeping = sleepers_[key];
  deadlines_.emplace(key, &sleeping);
  co_await sleeping.wait();
  sleepers_.erase(key);
}

void ManualClock::run(boost::asio::io_context& loop) {
  while (step(loop)) {
  }
}

bool ManualClock::step(boost::asio::io_context& loop) {
  loop.restart();
  if (loop.poll_one() > 0) return true;
  if (deadlines_.empty()) return false;
  const auto first = deadlines_.begin();
  now_ = first->first.first;
  WaitList* waiting = first->second;
  deadlines_.erase(first);
  waiting->wake_all();
  return true;
}

}  // namespace escrowstorm::test
