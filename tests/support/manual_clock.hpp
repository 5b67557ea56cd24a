// Virtual time for tests: nothing waits. ManualClock::run() runs everything that is ready, then
// jumps to the next deadline, until nothing is left to do. Destroying it drops who sleeps, so it
// goes before the loop does.
#pragma once

#include <boost/asio/io_context.hpp>
#include <cstdint>
#include <map>
#include <utility>

#include "base/clock.hpp"
#include "base/wait_list.hpp"

namespace escrowstorm::test {

class ManualClock final : public Clock {
 public:
  TimePoint now() const override { return now_; }
  Awaitable<void> sleep_until(TimePoint t) override;
  std::unique_ptr<Timer> make_timer() override;

  void run(boost::asio::io_context& loop);
  // One handler of the loop, or else one jump. False when nothing is left to do.
  bool step(boost::asio::io_context& loop);

 private:
  class ManualTimer;
  using Key = std::pair<TimePoint, std::uint64_t>;  // when, and in the order of asking

  TimePoint now_{};
  std::uint64_t sequence_ = 0;
  std::map<Key, WaitList*> deadlines_;
  std::map<Key, WaitList> sleepers_;  // not in the frames that wait in them
};

}  // namespace escrowstorm::test
