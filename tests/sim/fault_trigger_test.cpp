// Which calls a fault takes, and when a fault acts that no call triggers.
#include <gmock/gmock.h>
#include <gtest/gtest.h>

#include "sim/faults/call_trigger.hpp"
#include "sim/faults/timetable.hpp"

namespace escrowstorm::sim {
namespace {

using namespace std::chrono_literals;
using testing::ElementsAre;
using testing::IsEmpty;

const walletrpc::Request any_store = walletrpc::Store();
const walletrpc::Request open_wallet = walletrpc::OpenWallet();

struct ShownCall {
  Duration at = 0s;
  std::uint32_t instance = 0;
  std::optional<CallFor> whom = CallFor{0, Role::buyer};
  const walletrpc::Request* request = &any_store;
  std::optional<coordinator::Phase> phase = std::nullopt;
};

bool shown(CallTrigger& trigger, const ShownCall& call) {
  return trigger.takes({TimePoint(call.at), call.instance, call.whom, call.request, "", nullptr},
                       call.phase);
}

CallTrigger trigger_of(const FaultTrigger& trigger, std::uint64_t seed = 1) {
  return CallTrigger(trigger, Random(seed).stream("fault", 0));
}

// The numbers, from 1, of those of `count` equal calls that it takes.
std::vector<int> taken(CallTrigger trigger, int count) {
  std::vector<int> numbers;
  for (int i = 1; i <= count; ++i)
    if (shown(trigger, {})) numbers.push_back(i);
  return numbers;
}

TEST(FaultTrigger, WithoutConditionsEveryCallMatches) {
  EXPECT_THAT(taken(trigger_of({}), 3), ElementsAre(1, 2, 3));
  CallTrigger trigger = trigger_of({});
  EXPECT_TRUE(shown(trigger, {1h, 9, std::nullopt, &open_wallet}));
}

TEST(FaultTrigger, EveryNthAndTheFirst) {
  FaultTrigger t;
  t.every_nth = 3;
  EXPECT_THAT(taken(trigger_of(t), 10), ElementsAre(3, 6, 9));
  t.first = 6;
  EXPECT_THAT(taken(trigger_of(t), 10), ElementsAre(3, 6));
  t.at_most = 1;
  EXPECT_THAT(taken(trigger_of(t), 10), ElementsAre(3));
  FaultTrigger first;
  first.first = 2;
  EXPECT_THAT(taken(trigger_of(first), 10), ElementsAre(1, 2));
  first.methods = {"open_wallet"};
  CallTrigger of_method = trigger_of(first);
  EXPECT_FALSE(shown(of_method, {})) << "not counted: another method";
  for (const bool takes : {true, true, false})
    EXPECT_EQ(shown(of_method, {0s, 0, std::nullopt, &open_wallet}), takes);
}

TEST(FaultTrigger, ListsHoldOneOfTheirs) {
  FaultTrigger t;
  t.methods = {"open_wallet", "store"};
  t.roles = {Role::vendor, Role::arbiter};
  t.escrows = {4, 7};
  t.instances = {2, 3};
  CallTrigger trigger = trigger_of(t);
  const ShownCall fits{0s, 3, CallFor{7, Role::vendor}, &any_store};
  EXPECT_TRUE(shown(trigger, fits));
  ShownCall call = fits;
  call.instance = 1;
  EXPECT_FALSE(shown(trigger, call));
  call = fits;
  call.whom->escrow = 5;
  EXPECT_FALSE(shown(trigger, call));
  call = fits;
  call.whom->role = Role::buyer;
  EXPECT_FALSE(shown(trigger, call));
  call = fits;
  const walletrpc::Request close = walletrpc::CloseWallet();
  call.request = &close;
  EXPECT_FALSE(shown(trigger, call));
}

TEST(FaultTrigger, OnlyCallsOfAnEscrowThatIsInThePhase) {
  FaultTrigger t;
  t.phases = {coordinator::Phase::make, coordinator::Phase::signed_};
  t.nth = 2;
  CallTrigger trigger = trigger_of(t);
  const auto in = [](std::optional<coordinator::Phase> phase) {
    ShownCall call;
    call.phase = phase;
    return call;
  };
  EXPECT_FALSE(shown(trigger, in(coordinator::Phase::make)));
  EXPECT_FALSE(shown(trigger, in(coordinator::Phase::prepare))) << "not counted";
  EXPECT_FALSE(shown(trigger, in(std::nullopt))) << "of no escrow, or of one that is unknown";
  EXPECT_TRUE(shown(trigger, in(coordinator::Phase::signed_)));
}

TEST(FaultTrigger, ACallForNoEscrowHasNoRole) {
  FaultTrigger t;
  t.roles = {Role::buyer};
  CallTrigger by_role = trigger_of(t);
  t = {};
  t.escrows = {0};
  CallTrigger by_escrow = trigger_of(t);
  EXPECT_FALSE(shown(by_role, {0s, 0, std::nullopt, &any_store}));
  EXPECT_FALSE(shown(by_escrow, {0s, 0, std::nullopt, &any_store}));
}

TEST(FaultTrigger, TheWindowHasItsBeginButNotItsEnd) {
  FaultTrigger t;
  t.from = 1s;
  t.until = 5s;
  CallTrigger trigger = trigger_of(t);
  EXPECT_FALSE(shown(trigger, {999ms}));
  EXPECT_TRUE(shown(trigger, {1s}));
  EXPECT_TRUE(shown(trigger, {4999ms}));
  EXPECT_FALSE(shown(trigger, {5s}));
}

TEST(FaultTrigger, NthCountsOnlyCallsThatMatch) {
  FaultTrigger t;
  t.nth = 3;
  EXPECT_THAT(taken(trigger_of(t), 9), ElementsAre(3));
  t.instances = {0};
  t.nth = 2;
  CallTrigger trigger = trigger_of(t);
  EXPECT_FALSE(shown(trigger, {}));
  EXPECT_FALSE(shown(trigger, {0s, 1}));
  EXPECT_TRUE(shown(trigger, {}));
  EXPECT_FALSE(shown(trigger, {}));
}

TEST(FaultTrigger, AtMostSoMany) {
  FaultTrigger t;
  t.at_most = 2;
  EXPECT_THAT(taken(trigger_of(t), 9), ElementsAre(1, 2));
}

TEST(FaultTrigger, ProbabilityIsSeeded) {
  FaultTrigger t;
  t.probability_ppm = 50'000;
  const auto first = taken(trigger_of(t, 1), 10'000);
  EXPECT_EQ(first, taken(trigger_of(t, 1), 10'000));
  EXPECT_NE(first, taken(trigger_of(t, 2), 10'000));
  EXPECT_NEAR(static_cast<double>(first.size()), 500, 100);
  t.probability_ppm = 1'000'000;
  EXPECT_EQ(taken(trigger_of(t), 100).size(), 100u);
}

// So that at_most or nth beside it changes which calls are taken, and not the dice.
TEST(FaultTrigger, AtMostKeepsTheFirstOfTheProbable) {
  FaultTrigger t;
  t.probability_ppm = 50'000;
  auto first = taken(trigger_of(t), 1'000);
  t.at_most = 3;
  ASSERT_GT(first.size(), 3u);
  first.resize(3);
  EXPECT_EQ(taken(trigger_of(t), 1'000), first);
}

std::vector<Duration> times_of(const FaultTrigger& trigger, std::size_t max) {
  Timetable table(trigger);
  std::vector<Duration> times;
  while (times.size() < max) {
    const auto next = table.take();
    if (!next) break;
    times.push_back(next->time_since_epoch());
  }
  return times;
}

TEST(FaultTimetable, OnceWithoutEvery) {
  FaultTrigger t;
  EXPECT_THAT(times_of(t, 9), ElementsAre(0s));
  t.from = 3s;
  EXPECT_THAT(times_of(t, 9), ElementsAre(3s));
}

TEST(FaultTimetable, AgainAndAgainUntil) {
  FaultTrigger t;
  t.from = 1s;
  t.every = 10s;
  EXPECT_THAT(times_of(t, 3), ElementsAre(1s, 11s, 21s));
  t.until = 21s;
  EXPECT_THAT(times_of(t, 9), ElementsAre(1s, 11s));
  t.at_most = 1;
  EXPECT_THAT(times_of(t, 9), ElementsAre(1s));
  t.until = 1s;
  EXPECT_THAT(times_of(t, 9), IsEmpty());
}

}  // namespace
}  // namespace escrowstorm::sim
