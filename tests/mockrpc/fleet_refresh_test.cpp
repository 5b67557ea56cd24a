// The refresh in the background: when it comes, and that it holds the instance's thread.
#include <gmock/gmock.h>
#include <gtest/gtest.h>

#include <boost/asio/co_spawn.hpp>
#include <boost/asio/detached.hpp>
#include <map>

#include "mockrpc/chain/chain.hpp"
#include "mockrpc/fleet/fleet.hpp"
#include "mockrpc/storage/memory_storage.hpp"
#include "tests/support/manual_clock.hpp"

namespace escrowstorm::mockrpc {
namespace {

using namespace std::chrono_literals;
using namespace walletrpc;

// A refresh waits two seconds, a store 100, all else takes no time.
constexpr std::string_view slow_refresh =
    R"({"unit": "ms", "methods": {"refresh": {"p50": 2000, "cpu_p50": 0},
                                  "store": {"p50": 100000, "cpu_p50": 0},
                                  "get_height": {"p50": 0}}})";

class FleetRefresh : public testing::Test {
 protected:
  void start(bool with_chain, std::uint32_t instances = 1) {
    auto profile = LatencyProfile::parse(slow_refresh, "test", default_version_name);
    fleet_ = std::make_unique<Fleet>(
        clock_, executors_, random_, storage_,
        FleetOptions{.instances = instances,
                     .latency = std::get<LatencyProfile>(std::move(profile)),
                     .chain = with_chain ? &chain_ : nullptr});
  }

  void at(Duration when, std::string tag, Request request, std::uint32_t instance = 0) {
    boost::asio::co_spawn(loop_, call(when, std::move(tag), std::move(request), instance),
                          boost::asio::detached);
  }
  void mine_at(Duration when) { boost::asio::co_spawn(loop_, mine(when), boost::asio::detached); }
  void run() { clock_.run(loop_); }

  static Request create(std::string name) { return CreateWallet{std::move(name), "", "English"}; }
  std::uint64_t height(const std::string& tag) {
    return get<AnswerTo<GetHeight>>(std::get<Answer>(outcomes_.at(tag))).value.height;
  }
  Duration ended(const std::string& tag) const { return ended_.at(tag); }
  Duration now() const { return clock_.now().time_since_epoch(); }

 private:
  Awaitable<void> call(Duration when, std::string tag, Request request, std::uint32_t instance) {
    co_await clock_.sleep_until(TimePoint(when));
    FleetReply reply = co_await fleet_->call(instance, std::move(request), std::nullopt);
    ended_.emplace(tag, now());
    outcomes_.emplace(std::move(tag), std::get<CallOutcome>(std::move(reply)));
  }
  Awaitable<void> mine(Duration when) {
    co_await clock_.sleep_until(TimePoint(when));
    chain_.mine(CurvePoint());
  }

  boost::asio::io_context loop_{1};
  escrowstorm::test::ManualClock clock_;
  Random random_{1};
  SingleExecutor executors_{loop_.get_executor()};
  Chain chain_{clock_, 1'700'000'000, RandomStream(1)};
  MemoryStorage storage_;
  std::unique_ptr<Fleet> fleet_;
  std::map<std::string, CallOutcome> outcomes_;
  std::map<std::string, Duration> ended_;
};

TEST_F(FleetRefresh, ComesEveryTwentySecondsWhileAWalletIsOpen) {
  start(true);
  at(0s, "create", create("w"));
  for (int i = 0; i < 4; ++i) {
    mine_at(1s + i * 20s);
    at(23s + i * 20s, "height " + std::to_string(i), GetHeight());
  }
  at(100s, "close", CloseWallet());
  run();
  for (std::uint64_t i = 0; i < 4; ++i)
    EXPECT_GE(height("height " + std::to_string(i)), i + 1) << i;
  EXPECT_GE(height("height 3"), 4u);
  EXPECT_LE(now(), 121s);  // and no more once it is closed
}

TEST_F(FleetRefresh, HoldsTheThread) {
  start(true);
  at(0s, "create", create("w"));
  for (int tenth = 0; tenth < 200; ++tenth)
    at(20s + tenth * 100ms, std::to_string(tenth), GetHeight());
  at(45s, "close", CloseWallet());
  run();
  Duration longest{};
  for (int tenth = 0; tenth < 200; ++tenth)
    longest = std::max(longest, ended(std::to_string(tenth)) - (20s + tenth * 100ms));
  EXPECT_GT(longest, 1800ms);
  EXPECT_LE(longest, 2s);
}

TEST_F(FleetRefresh, CanBeSwitchedOffAndGivenAnotherPeriod) {
  start(true);
  at(0s, "off", AutoRefresh{false, 0});
  at(0s, "create", create("w"));
  mine_at(1s);
  at(60s, "still", GetHeight());
  at(61s, "on", AutoRefresh{true, 5});
  at(62s, "soon", GetHeight());
  at(71s, "close", CloseWallet());
  run();
  EXPECT_EQ(height("still"), 1u);
  EXPECT_EQ(height("soon"), 2u) << "it was due long ago";
}

TEST_F(FleetRefresh, AnotherPeriodCountsAtOnce) {
  start(true);
  at(0s, "seldom", AutoRefresh{true, 600});
  at(0s, "create", create("w"));
  mine_at(25s);
  at(30s, "not yet", GetHeight());
  at(30s, "often", AutoRefresh{true, 1});
  at(35s, "then", GetHeight());
  at(40s, "seldom again", AutoRefresh{true, 600});
  mine_at(45s);
  at(300s, "not again", GetHeight());
  at(301s, "close", CloseWallet());
  run();
  EXPECT_EQ(height("not yet"), 1u);
  EXPECT_EQ(height("then"), 2u);
  EXPECT_EQ(height("not again"), 2u);
}

// At most one waits for the thread, and the period counts from its end.
TEST_F(FleetRefresh, DoesNotPileUpWhileTheThreadIsBusy) {
  start(true);
  at(0s, "off", AutoRefresh{false, 0});
  at(0s, "create", create("w"));
  at(0s, "often", AutoRefresh{true, 3});
  at(10s, "store", Store());
  at(111s, "height", GetHeight());
  for (int tenth = 0; tenth < 300; ++tenth)
    at(120s + tenth * 100ms, std::to_string(tenth), GetHeight());
  at(150s, "close", CloseWallet());
  run();
  EXPECT_LE(ended("height"), 114s);
  int at_once = 0;
  for (int tenth = 0; tenth < 300; ++tenth)
    at_once += ended(std::to_string(tenth)) == 120s + tenth * 100ms;
  EXPECT_NEAR(at_once, 180, 20) << "three seconds of five";
}

TEST_F(FleetRefresh, DoesNotRunWithoutADaemonOrAWallet) {
  start(false);
  at(0s, "create", create("w"));
  run();
  EXPECT_EQ(now(), 0s);
  start(true);
  at(1s, "version", GetVersion());
  run();
  EXPECT_EQ(now(), 1s);
}

}  // namespace
}  // namespace escrowstorm::mockrpc
