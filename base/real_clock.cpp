#include "base/real_clock.hpp"

#include <boost/asio/redirect_error.hpp>
#include <boost/asio/steady_timer.hpp>
#include <boost/asio/use_awaitable.hpp>

namespace escrowstorm {
namespace {

namespace asio = boost::asio;

class RealTimer final : public Timer {
 public:
  RealTimer(Executor executor, std::chrono::steady_clock::time_point began)
      : timer_(std::move(executor)), began_(began) {}

  Awaitable<bool> wait_until(TimePoint t) override {
    timer_.expires_at(began_ + t.time_since_epoch());
    boost::system::error_code cancelled;
    co_await timer_.async_wait(asio::redirect_error(asio::use_awaitable, cancelled));
    co_return !cancelled;
  }

  void cancel() override { timer_.cancel(); }

 private:
  asio::steady_timer timer_;
  std::chrono::steady_clock::time_point began_;
};

}  // namespace

RealClock::RealClock(Executor executor)
    : executor_(std::move(executor)),
      began_(std::chrono::steady_clock::now()),
      unix_began_(
          static_cast<std::uint64_t>(std::chrono::floor<std::chrono::seconds>(
                                         std::chrono::system_clock::now().time_since_epoch())
                                         .count())) {}

TimePoint RealClock::now() const { return TimePoint(std::chrono::steady_clock::now() - began_); }

Awaitable<void> RealClock::sleep_until(TimePoint t) {
  if (t <= now()) co_return;
  RealTimer timer(executor_, began_);
  co_await timer.wait_until(t);
}

std::unique_ptr<Timer> RealClock::make_timer() {
  return std::make_unique<RealTimer>(executor_, began_);
}

}  // namespace escrowstorm
