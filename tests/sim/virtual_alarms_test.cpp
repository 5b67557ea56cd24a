#include "sim/virtual/virtual_alarms.hpp"

#include <gmock/gmock.h>

#include <vector>

namespace escrowstorm::sim {
namespace {

using namespace std::chrono_literals;
using testing::ElementsAre;
using testing::IsEmpty;

class VirtualAlarmsTest : public testing::Test {
 protected:
  std::unique_ptr<Alarm> make(std::function<void()> besides = [] {}) {
    return alarms_.make(loop_.for_instance(1), [this, besides = std::move(besides)] {
      rang_.push_back(loop_.now().time_since_epoch());
      besides();
    });
  }

  VirtualLoop loop_{find_scheduler("fifo")->make(RandomStream(1), choices_without_end)};
  VirtualAlarms alarms_{loop_};
  std::vector<Duration> rang_;
};

TEST_F(VirtualAlarmsTest, RingsOnceAtItsTime) {
  const auto alarm = make();
  alarm->set(TimePoint(3s));
  EXPECT_THAT(rang_, IsEmpty());
  loop_.run();
  EXPECT_THAT(rang_, ElementsAre(3s));
  alarm->set(TimePoint(5s));
  loop_.run();
  EXPECT_THAT(rang_, ElementsAre(3s, 5s));
}

TEST_F(VirtualAlarmsTest, ATimeThatHasPassedRingsSoonButNotAtOnce) {
  const auto alarm = make();
  alarm->set(TimePoint(-1s));
  EXPECT_THAT(rang_, IsEmpty());
  loop_.run();
  EXPECT_THAT(rang_, ElementsAre(0s));
}

TEST_F(VirtualAlarmsTest, TheLastSettingCounts) {
  const auto earlier = make();
  const auto later = make();
  const auto none = make();
  for (const auto& alarm : {earlier.get(), later.get(), none.get()}) alarm->set(TimePoint(3s));
  earlier->set(TimePoint(1s));
  later->set(TimePoint(5s));
  none->unset();
  loop_.run();
  EXPECT_THAT(rang_, ElementsAre(1s, 5s));
}

TEST_F(VirtualAlarmsTest, MayBeSetAnewOrUnsetOnceItsTimeHasCome) {
  const auto anew = make();
  const auto unset = make();
  const auto first = make([&] {
    anew->set(TimePoint(9s));
    unset->unset();
  });
  for (const auto& alarm : {first.get(), anew.get(), unset.get()}) alarm->set(TimePoint(3s));
  loop_.run();
  EXPECT_THAT(rang_, ElementsAre(3s, 9s));
}

TEST_F(VirtualAlarmsTest, MayBeSetWhileItRings) {
  std::unique_ptr<Alarm> alarm;
  alarm = make([&] {
    if (rang_.size() < 3) alarm->set(loop_.now() + 2s);
  });
  alarm->set(TimePoint(1s));
  loop_.run();
  EXPECT_THAT(rang_, ElementsAre(1s, 3s, 5s));
}

TEST_F(VirtualAlarmsTest, RingsNoMoreOnceItIsGone) {
  auto waits = make();
  auto ready = make();
  const auto first = make([&] {
    waits.reset();
    ready.reset();
  });
  first->set(TimePoint(1s));
  ready->set(TimePoint(1s));
  waits->set(TimePoint(2s));
  loop_.run();
  EXPECT_THAT(rang_, ElementsAre(1s));
}

TEST_F(VirtualAlarmsTest, OutlivesWhatTheLoopHasDropped) {
  const auto waits = make();
  const auto ready = make();
  const auto first = make([&] { loop_.stop(); });
  first->set(TimePoint(1s));
  ready->set(TimePoint(1s));
  waits->set(TimePoint(2s));
  loop_.run();
  loop_.abandon();
  EXPECT_EQ(loop_.run(), VirtualLoop::Ran::out);
  EXPECT_THAT(rang_, ElementsAre(1s));
}

}  // namespace
}  // namespace escrowstorm::sim
