#include "mockrpc/fleet/fleet.hpp"

#include <gmock/gmock.h>
#include <gtest/gtest.h>

#include <boost/asio/co_spawn.hpp>
#include <boost/asio/detached.hpp>
#include <memory>
#include <string>
#include <variant>
#include <vector>

#include "mockrpc/storage/memory_storage.hpp"
#include "tests/support/finish.hpp"
#include "tests/support/manual_clock.hpp"

namespace escrowstorm::mockrpc {
namespace {

using namespace std::chrono_literals;
using testing::ElementsAre;
using testing::HasSubstr;
using walletrpc::Request;

// create_wallet takes 2 s, half of it computing; everything else 1 ms of waiting.
constexpr std::string_view two_second_create =
    R"({"unit": "ms", "methods": {"create_wallet": {"p50": 2000, "cpu_p50": 1000},
                                  "set_attribute": {"p50": 1, "cpu_p50": 0}}})";

LatencyProfile profile_of(std::string_view json) {
  auto profile = LatencyProfile::parse(json, "test", default_version_name);
  if (const auto* error = std::get_if<std::string>(&profile)) ADD_FAILURE() << *error;
  return std::get<LatencyProfile>(std::move(profile));
}

LatencyProfile measured() {
  return std::get<LatencyProfile>(LatencyProfile::load("measured", default_version_name));
}

Request create(std::string name) {
  walletrpc::CreateWallet request;
  request.filename = std::move(name);
  request.language = "English";
  return request;
}

struct Answered {
  std::string tag;
  TimePoint at;
  CallOutcome outcome;
};

// A fleet in virtual time. Calls are put in with at(), then run() carries them out.
class TestFleet {
 public:
  TestFleet(LatencyProfile latency, std::uint32_t instances, std::uint32_t cores,
            std::uint64_t seed = 1)
      : random_(seed),
        executors_(loop_.get_executor()),
        fleet_(std::make_unique<Fleet>(clock_, executors_, random_, storage_,
                                       FleetOptions{.instances = instances,
                                                    .version = *find_version(default_version_name),
                                                    .network = Network::stagenet,
                                                    .latency = std::move(latency),
                                                    .cores = cores})) {}

  void at(Duration when, std::uint32_t instance, std::string tag, Request request) {
    boost::asio::co_spawn(loop_, call(when, instance, std::move(tag), std::move(request)),
                          boost::asio::detached);
  }

  void post_at(Duration when, std::uint32_t instance, std::string body) {
    boost::asio::co_spawn(loop_, post(when, instance, std::move(body)), boost::asio::detached);
  }

  void run() { clock_.run(loop_); }
  void poll() { loop_.poll(); }
  void destroy_fleet() { fleet_.reset(); }

  std::vector<std::string> order() const {
    std::vector<std::string> tags;
    for (const Answered& answer : answered_) tags.push_back(answer.tag);
    return tags;
  }

  const Answered& answer(std::string_view tag) const {
    for (const Answered& answer : answered_)
      if (answer.tag == tag) return answer;
    ADD_FAILURE() << tag << " was not answered";
    return answered_.front();
  }

  Duration ended(std::string_view tag) const { return answer(tag).at.time_since_epoch(); }

  std::string address(std::string_view tag) const {
    const auto& answer_of_tag = std::get<walletrpc::Answer>(answer(tag).outcome);
    return get<walletrpc::AnswerTo<walletrpc::GetAddress>>(answer_of_tag).value.address;
  }

  const std::vector<std::pair<Duration, std::string>>& bodies() const { return bodies_; }

 private:
  Awaitable<void> call(Duration when, std::uint32_t instance, std::string tag, Request request) {
    co_await clock_.sleep_until(TimePoint(when));
    FleetReply reply = co_await fleet_->call(instance, std::move(request), std::nullopt);
    answered_.push_back(
        Answered{std::move(tag), clock_.now(), std::get<CallOutcome>(std::move(reply))});
  }

  Awaitable<void> post(Duration when, std::uint32_t instance, std::string body) {
    co_await clock_.sleep_until(TimePoint(when));
    http::Handling handling = fleet_->post(instance, body);
    http::ServerResponse answer = co_await test::finish(std::move(handling));
    bodies_.emplace_back(clock_.now().time_since_epoch(), std::move(answer.body));
  }

  boost::asio::io_context loop_{1};
  test::ManualClock clock_;
  Random random_;
  SingleExecutor executors_;
  MemoryStorage storage_;
  std::unique_ptr<Fleet> fleet_;
  std::vector<Answered> answered_;
  std::vector<std::pair<Duration, std::string>> bodies_;
};

TEST(Fleet, AnswersAtOnceWithoutLatency) {
  TestFleet fleet(LatencyProfile(), 1, 1);
  fleet.at(5s, 0, "create", create("w"));
  fleet.at(5s, 0, "address", walletrpc::GetAddress());
  fleet.run();
  EXPECT_THAT(fleet.order(), ElementsAre("create", "address"));
  EXPECT_EQ(fleet.ended("address"), 5s);
}

TEST(Fleet, ACallDuringALongOneWaitsForItsEnd) {
  TestFleet fleet(profile_of(two_second_create), 1, 8);
  fleet.at(0s, 0, "create", create("w"));
  fleet.at(100ms, 0, "version", walletrpc::GetVersion());
  fleet.run();
  EXPECT_EQ(fleet.ended("create"), 2s);
  EXPECT_EQ(fleet.ended("version"), 2s + 1ms);
}

TEST(Fleet, ACallIsExecutedWhenItsTurnComes) {
  // The address asked for during create "b" is b's, and the one asked for before is a's.
  TestFleet fleet(profile_of(two_second_create), 1, 8);
  fleet.at(0s, 0, "create a", create("a"));
  fleet.at(1s, 0, "address of a", walletrpc::GetAddress());
  fleet.at(1s, 0, "create b", create("b"));
  fleet.at(1s, 0, "address of b", walletrpc::GetAddress());
  fleet.run();
  EXPECT_THAT(fleet.order(), ElementsAre("create a", "address of a", "create b", "address of b"));
  EXPECT_EQ(fleet.ended("create b"), 4s + 1ms);
  EXPECT_EQ(fleet.ended("address of b"), 4s + 2ms);
  EXPECT_NE(fleet.address("address of a"), fleet.address("address of b"));
}

TEST(Fleet, ABodyThatIsNoCallWaitsItsTurnToo) {
  TestFleet fleet(profile_of(two_second_create), 1, 8);
  fleet.at(0s, 0, "create", create("w"));
  fleet.post_at(1s, 0, "{nonsense");
  fleet.post_at(1s, 0, R"({"jsonrpc":"2.0","id":"7","method":"get_version"})");
  fleet.run();
  ASSERT_EQ(fleet.bodies().size(), 2u);
  EXPECT_EQ(fleet.bodies()[0].first, 2s);
  EXPECT_THAT(fleet.bodies()[0].second, HasSubstr("-32700"));
  EXPECT_EQ(fleet.bodies()[1].first, 2s + 1ms);
  EXPECT_THAT(fleet.bodies()[1].second, HasSubstr("\"id\": \"7\""));
}

TEST(Fleet, AnInstanceAnswersInTheOrderOfTheCalls) {
  TestFleet fleet(measured(), 2, 1);
  std::vector<std::string> expected;
  for (int i = 0; i < 50; ++i) {
    expected.push_back(std::to_string(i));
    const Request request = i % 7 == 0 ? create("w" + std::to_string(i)) : walletrpc::GetVersion();
    fleet.at(std::chrono::milliseconds(i), 0, expected.back(), request);
  }
  fleet.run();
  EXPECT_EQ(fleet.order(), expected);
}

TEST(Fleet, InstancesRunBesideEachOther) {
  TestFleet fleet(profile_of(two_second_create), 3, 3);
  for (std::uint32_t i = 0; i < 3; ++i)
    fleet.at(0s, i, std::to_string(i), create(std::to_string(i)));
  fleet.run();
  for (const char* tag : {"0", "1", "2"}) EXPECT_EQ(fleet.ended(tag), 2s) << tag;
}

TEST(Fleet, InstancesShareTheCoresWhileTheyCompute) {
  TestFleet fleet(profile_of(two_second_create), 3, 1);
  for (std::uint32_t i = 0; i < 3; ++i)
    fleet.at(0s, i, std::to_string(i), create(std::to_string(i)));
  fleet.run();
  // A second of computing each at a third of the core, then a second of waiting.
  for (const char* tag : {"0", "1", "2"}) {
    EXPECT_GE(fleet.ended(tag), 4s) << tag;
    EXPECT_LE(fleet.ended(tag), 4s + 1ns) << tag;
  }
}

// What instance 0 answers and when, alone or in company.
struct Observed {
  std::vector<Duration> ends;
  std::string address;
  friend bool operator==(const Observed&, const Observed&) = default;
};

Observed observe(std::uint64_t seed, bool in_company) {
  TestFleet fleet(measured(), 4, 8, seed);
  for (const char* name : {"a", "b", "c"}) fleet.at(0s, 0, name, create(name));
  fleet.at(0s, 0, "address", walletrpc::GetAddress());
  for (std::uint32_t i = 1; in_company && i < 4; ++i)
    for (const char* name : {"x", "y", "z"})
      fleet.at(0s, i, name + std::to_string(i), create(name + std::to_string(i)));
  fleet.run();
  Observed observed;
  for (const char* tag : {"a", "b", "c", "address"}) observed.ends.push_back(fleet.ended(tag));
  observed.address = fleet.address("address");
  return observed;
}

TEST(Fleet, TheSameSeedGivesTheSameRun) { EXPECT_EQ(observe(7, true), observe(7, true)); }

TEST(Fleet, AnotherSeedGivesAnotherRun) {
  EXPECT_NE(observe(7, false).ends, observe(8, false).ends);
  EXPECT_NE(observe(7, false).address, observe(8, false).address);
}

TEST(Fleet, OtherInstancesDoNotReshuffleAnInstancesDraws) {
  EXPECT_EQ(observe(7, false), observe(7, true));
}

TEST(Fleet, InstancesMakeDifferentWallets) {
  TestFleet fleet(LatencyProfile(), 2, 1);
  for (std::uint32_t i = 0; i < 2; ++i) {
    fleet.at(0s, i, "create " + std::to_string(i), create(std::to_string(i)));
    fleet.at(1s, i, "address " + std::to_string(i), walletrpc::GetAddress());
  }
  fleet.run();
  EXPECT_NE(fleet.address("address 0"), fleet.address("address 1"));
}

// A clock on which whatever one would wait for has passed, as a busy machine's when calls are
// short.
class LateClock final : public Clock {
 public:
  TimePoint now() const override { return now_ += 1h; }
  Awaitable<void> sleep_until(TimePoint) override { co_return; }
  std::unique_ptr<Timer> make_timer() override { return std::make_unique<LateTimer>(); }

 private:
  class LateTimer final : public Timer {
   public:
    Awaitable<bool> wait_until(TimePoint) override { co_return true; }
    void cancel() override {}
  };
  mutable TimePoint now_{};
};

TEST(Fleet, NoAnswerIsLostWhenItsTimeIsOverBeforeItsCallerWaits) {
  boost::asio::io_context loop;
  LateClock clock;
  SingleExecutor executors(loop.get_executor());
  MemoryStorage storage("wallets");
  Fleet fleet(clock, executors, Random(1), storage, {.latency = profile_of(two_second_create)});
  int answers = 0;
  const auto count = [&answers](std::exception_ptr, const FleetReply&) { ++answers; };
  for (const char* name : {"a", "b", "c"})
    boost::asio::co_spawn(loop, fleet.call(0, create(name), std::nullopt), count);
  loop.poll();
  EXPECT_EQ(answers, 3);
}

TEST(Fleet, CanBeDestroyedInTheMiddle) {
  TestFleet fleet(profile_of(two_second_create), 2, 1);
  fleet.at(0s, 0, "computing", create("a"));
  fleet.at(0s, 0, "queued", create("b"));
  fleet.at(0s, 1, "computing too", create("c"));
  fleet.poll();
  fleet.destroy_fleet();
  fleet.run();
  EXPECT_TRUE(fleet.order().empty());
}

}  // namespace
}  // namespace escrowstorm::mockrpc
