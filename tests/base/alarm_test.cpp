// Alarms of any clock, in virtual time.
#include "base/alarm.hpp"

#include <gmock/gmock.h>

#include <boost/asio/io_context.hpp>
#include <vector>

#include "tests/support/manual_clock.hpp"

namespace escrowstorm {
namespace {

using namespace std::chrono_literals;
using testing::ElementsAre;
using testing::IsEmpty;

class AlarmTest : public testing::Test {
 protected:
  std::unique_ptr<Alarm> make(std::function<void()> besides = [] {}) {
    return alarms_.make(loop_.get_executor(), [this, besides = std::move(besides)] {
      rang_.push_back(clock_.now().time_since_epoch());
      besides();
    });
  }
  void run() { clock_.run(loop_); }

  boost::asio::io_context loop_{1};
  test::ManualClock clock_;
  ClockAlarms alarms_{clock_};
  std::vector<Duration> rang_;
};

TEST_F(AlarmTest, RingsOnceAtItsTime) {
  const auto alarm = make();
  alarm->set(TimePoint(3s));
  EXPECT_THAT(rang_, IsEmpty());
  run();
  EXPECT_THAT(rang_, ElementsAre(3s));
  alarm->set(TimePoint(5s));
  run();
  EXPECT_THAT(rang_, ElementsAre(3s, 5s));
}

TEST_F(AlarmTest, ATimeThatHasPassedRingsSoonButNotAtOnce) {
  const auto alarm = make();
  alarm->set(TimePoint(-1s));
  EXPECT_THAT(rang_, IsEmpty());
  run();
  EXPECT_THAT(rang_, ElementsAre(0s));
}

TEST_F(AlarmTest, TheLastSettingCounts) {
  const auto earlier = make();
  const auto later = make();
  const auto none = make();
  for (const auto& alarm : {earlier.get(), later.get(), none.get()}) alarm->set(TimePoint(3s));
  loop_.poll();  // they wait
  earlier->set(TimePoint(1s));
  later->set(TimePoint(5s));
  none->unset();
  run();
  EXPECT_THAT(rang_, ElementsAre(1s, 5s));
  EXPECT_EQ(clock_.now(), TimePoint(5s));
}

TEST_F(AlarmTest, IsSetAgainAfterItWasUnset) {
  const auto alarm = make();
  alarm->set(TimePoint(3s));
  loop_.poll();
  alarm->unset();
  alarm->set(TimePoint(4s));
  run();
  EXPECT_THAT(rang_, ElementsAre(4s));
}

TEST_F(AlarmTest, MayBeSetWhileItRings) {
  std::unique_ptr<Alarm> alarm;
  alarm = make([&] {
    if (rang_.size() < 3) alarm->set(clock_.now() + 2s);
  });
  alarm->set(TimePoint(1s));
  run();
  EXPECT_THAT(rang_, ElementsAre(1s, 3s, 5s));
}

TEST_F(AlarmTest, DestroyedItNeverRings) {
  auto just_set = make();
  auto waiting = make();
  waiting->set(TimePoint(3s));
  loop_.poll();
  just_set->set(TimePoint(3s));
  just_set.reset();
  waiting.reset();
  run();
  EXPECT_THAT(rang_, IsEmpty());
}

}  // namespace
}  // namespace escrowstorm
