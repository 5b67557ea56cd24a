// What faults change in a world beside dead instances: it is put right when its time is over, and
// at calm, and what escrows meet of it. In the virtual world; scenarios/faults/ has a file for each
// fault, which holds in the mock world as well.
#include <gmock/gmock.h>
#include <gtest/gtest.h>

#include <algorithm>
#include <variant>

#include "sim/explore/virtual_run.hpp"
#include "sim/scenario/reader.hpp"

namespace escrowstorm::sim {
namespace {

using namespace std::chrono_literals;
using testing::ElementsAre;
using testing::HasSubstr;
using testing::IsEmpty;

Scenario scenario_of(const std::string& sections) {
  auto read = parse_scenario(R"({"name": "a", "world": "virtual", )" + sections + "}", "a.json");
  if (const auto* errors = std::get_if<std::vector<std::string>>(&read))
    throw std::runtime_error(errors->front());
  return std::get<Scenario>(std::move(read));
}

// A set-up and a payout on six instances, and what is told of faults and failures.
struct StormOf final : Observer {
  explicit StormOf(const std::string& sections) {
    VirtualListeners listeners;
    listeners.observer = this;
    outcome = run_virtually(scenario_of(sections), listeners);
  }

  void on(const Event& event) override {
    if (event.kind == EventKind::fault) faults.push_back(event);
    if (event.kind == EventKind::rpc || event.kind == EventKind::store)
      own.push_back(event.at.time_since_epoch());
    if (event.kind == EventKind::rpc && !event.ok) errors.push_back(event.message);
    if (event.kind == EventKind::escrow && event.phase == "failed")
      failures.push_back(event.message);
  }

  // The end of the first fault: when it came, and after how long.
  std::pair<Duration, Duration> end_of(std::string_view phase) const {
    for (const Event& event : faults)
      if (event.phase == phase) return {event.at.time_since_epoch(), event.duration};
    return {};
  }

  std::size_t own_between(Duration from, Duration until) const {
    const auto is_within = [&](Duration at) { return at > from && at < until; };
    return static_cast<std::size_t>(std::count_if(own.begin(), own.end(), is_within));
  }

  VirtualOutcome outcome;
  std::vector<Event> faults;
  std::vector<Duration> own;  // when the coordinator told of its calls and commits
  std::vector<std::string> errors;
  std::vector<std::string> failures;
};

constexpr std::string_view life = R"("chain": {"block_every": "10s"}, "fleet": {"instances": 6},
    "storm": {"escrows": 1, "journeys": [{"end": "release", "price": "0.5 XMR"}]}, )";

TEST(WorldFaults, LastAsLongAsTheySayAndAtCalmAllIsPutRight) {
  const std::pair<const char*, const char*> lasting[] = {
      {R"({"fault": "daemon_down", "from": "10s")", "daemon_back"},
      {R"({"fault": "daemon_lag", "from": "10s")", "daemon_caught_up"},
      {R"({"fault": "block_stall", "from": "10s")", "blocks_again"},
      {R"({"fault": "disk_full", "from": "10s")", "disk_has_room"},
      {R"({"fault": "slow_start", "from": "10s")", "wallet_resume"},
      {R"({"fault": "connect_refused", "from": "10s")", "port_open"},
      {R"({"fault": "file_locked", "method": "open_wallet", "from": "10s", "at_most": 1)",
       "file_unlocked"},
  };
  for (const auto& [fault, end] : lasting) {
    SCOPED_TRACE(fault);
    const auto run_with = [&, fault = fault](const std::string& lasts) {
      return StormOf(std::string(life) +
                     R"("coordinator": {"sessions": "open_per_step", "balance_cache": "0s"},
                 "calm": {"at": "60s", "within": "1h"}, "faults": [)" +
                     fault + R"(, "lasts": ")" + lasts + "\"}]");
    };
    const StormOf brief = run_with("5s");
    EXPECT_EQ(brief.end_of(end).second, 5s);
    EXPECT_EQ(brief.outcome.escrows.completed, 1u);
    const StormOf calmed = run_with("3h");
    EXPECT_EQ(calmed.end_of(end).first, 60s);
    EXPECT_EQ(calmed.outcome.escrows.unfinished(), 0u);
    EXPECT_THAT(calmed.outcome.violations, IsEmpty());
  }
}

// Two escrows, one after the other on three instances: the second meets what the first has left.
StormOf polluted(const std::string& lasts, const std::string& purge_wait) {
  return StormOf(R"("fleet": {"instances": 3}, "storm": {"escrows": 2, "concurrency": 1},
             "calm": {"at": "1h"}, "coordinator": {"purge_wait": ")" +
                 purge_wait + R"("}, "faults": [{"fault": "cache_pollution", "lasts": ")" + lasts +
                 "\"}]");
}

TEST(WorldFaults, APollutedCacheIsOverAfterItsTimeAndAWaitThatIsLongerHelps) {
  const StormOf none = polluted("1ms", "0s");
  EXPECT_EQ(none.outcome.escrows.ready, 2u);
  const StormOf unaware = polluted("20s", "0s");
  EXPECT_EQ(unaware.outcome.escrows.ready, 1u);
  EXPECT_THAT(unaware.errors, testing::Contains(HasSubstr("already multisig")));
  const StormOf too_short = polluted("10m", "5s");
  EXPECT_EQ(too_short.outcome.escrows.ready, 1u);
  const StormOf waits = polluted("20s", "20s");
  EXPECT_EQ(waits.outcome.escrows.ready, 2u);
  EXPECT_EQ(waits.end_of("cache_cured").second, 20s);
}

// At whatever commit: nothing is lost that was published, and what has ended has an end.
TEST(WorldFaults, WhereverACommitFailsTheEscrowEndsAndTheOthersGoOn) {
  int failed = 0;
  for (int nth = 1; nth <= 16; ++nth) {
    SCOPED_TRACE(nth);
    const StormOf run(std::string(life) + R"("calm": {"at": "1h", "within": "1h"},
                  "faults": [{"fault": "database_error", "nth": )" +
                      std::to_string(nth) + "}]");
    EXPECT_EQ(run.outcome.escrows.unfinished(), 0u);
    EXPECT_THAT(run.outcome.violations, IsEmpty());
    failed += static_cast<int>(run.outcome.escrows.failed);
  }
  EXPECT_GT(failed, 0) << "did any commit fail?";
}

TEST(WorldFaults, WhereverTheCoordinatorDiesAfterACommitTheEscrowIsPaidOut) {
  std::size_t fired = 0;
  for (int nth = 1; nth <= 20; ++nth) {
    SCOPED_TRACE(nth);
    const StormOf run(std::string(life) + R"("calm": {"at": "1h", "within": "1h"},
                  "faults": [{"fault": "crash_after_commit", "nth": )" +
                      std::to_string(nth) + "}]");
    EXPECT_EQ(run.outcome.escrows.completed, 1u);
    EXPECT_THAT(run.outcome.violations, IsEmpty());
    fired += run.faults.size();
  }
  EXPECT_GT(fired, 20u) << "did the coordinator die?";
}

TEST(WorldFaults, TheChainMayBeReorganisedAtAnyCallOfALife) {
  for (const char* method : {"refresh", "sweep_all", "sign_multisig", "submit_multisig"}) {
    for (const char* depth : {"1", "3", "12"}) {
      SCOPED_TRACE(testing::Message() << method << ", " << depth << " deep");
      const StormOf run(std::string(life) + R"("calm": {"at": "1h", "within": "1h"},
                    "faults": [{"fault": "reorganisation", "nth": 1, "method": ")" +
                        method + R"(", "depth": )" + depth + "}]");
      EXPECT_EQ(run.faults.size(), 1u);
      EXPECT_EQ(run.outcome.escrows.completed, 1u);
      EXPECT_THAT(run.outcome.violations, IsEmpty());
    }
  }
}

// Two of three wallets are enough to pay out.
TEST(WorldFaults, AFileThatIsLostWhileAnEscrowHasMoneyKeepsNobodyFromTheirMoney) {
  for (const char* fault : {"missing_wallet_file", "corrupted_wallet_file"}) {
    for (const char* file : {"keys", "cache"}) {
      SCOPED_TRACE(testing::Message() << fault << " " << file);
      const StormOf run(std::string(life) + R"("coordinator": {"sessions": "open_per_step"},
                    "calm": {"at": "1h", "within": "1h"}, "faults": [{"role": "arbiter",
                    "method": "open_wallet", "nth": 1, "fault": ")" +
                        fault + R"(", "file": ")" + file + "\"}]");
      EXPECT_EQ(run.outcome.escrows.unfinished(), 0u);
      EXPECT_THAT(run.outcome.violations, IsEmpty());
    }
  }
}

TEST(WorldFaults, WhoCallsAnInstanceWhosePortIsShutIsRefusedAndStartsOver) {
  const auto refused = [](const std::string& fault) {
    return StormOf(R"("fleet": {"instances": 3}, "storm": {"escrows": 1}, "calm": {"at": "1h"},
               "faults": [{"fault": ")" +
                   fault + R"(", "lasts": "40s", "method": "make_multisig", "nth": 2}])");
  };
  const StormOf shut = refused("connect_refused");
  EXPECT_THAT(shut.errors, testing::Contains(HasSubstr("refused")));
  EXPECT_EQ(shut.outcome.escrows.ready, 1u);
  EXPECT_THAT(shut.outcome.violations, IsEmpty());
  EXPECT_EQ(shut.end_of("port_open").second, 40s);
}

// Of the coordinator's own events none is told while it is stopped.
TEST(WorldFaults, AStoppedCoordinatorDoesNothingAndThenAllAtOnce) {
  for (const char* method : {"create_wallet", "make_multisig", "refresh", "submit_multisig"}) {
    SCOPED_TRACE(method);
    const StormOf run(std::string(life) + R"("calm": {"at": "1h", "within": "1h"},
                  "faults": [{"fault": "clock_jump", "by": "10m", "nth": 1, "method": ")" +
                      method + "\"}]");
    const auto [resumed, stopped] = run.end_of("coordinator_resume");
    EXPECT_EQ(stopped, 10min);
    EXPECT_EQ(run.own_between(resumed - 10min, resumed), 0u);
    EXPECT_GT(run.own_between(resumed, resumed + 1s), 0u);
    EXPECT_EQ(run.outcome.escrows.completed, 1u);
    EXPECT_THAT(run.outcome.violations, IsEmpty());
  }
}

// Whoever asks it meanwhile waits; what it waited for itself is gone with it.
TEST(WorldFaults, AStoppedCoordinatorMayDieAndTheNextOneGoesOn) {
  for (const char* crash : {"1s", "70s", "3m", "9m"}) {
    SCOPED_TRACE(crash);
    const StormOf run(std::string(R"("chain": {"block_every": "10s"}, "fleet": {"instances": 6},
        "storm": {"escrows": 4, "arrivals": {"kind": "constant", "rate": "1/min"},
        "journeys": [{"end": "release", "price": "0.5 XMR"}]}, "calm": {"at": "1h"}, "faults": [
        {"fault": "clock_jump", "by": "10m", "from": "500ms"},
        {"fault": "coordinator_crash", "from": ")") +
                      crash + "\"}]");
    EXPECT_EQ(run.outcome.escrows.completed, 4u);
    EXPECT_THAT(run.outcome.violations, IsEmpty());
  }
}

// Calls that are not the coordinator's go on, whether it is stopped or dies so.
TEST(WorldFaults, AStoppedCoordinatorStopsNobodyElsesCalls) {
  const StormOf run(R"("fleet": {"instances": 3, "latency": "none"},
      "storm": {"escrows": 50, "concurrency": 50, "journeys": [{"end": "call"}],
                "arrivals": {"kind": "constant", "rate": "10/s"}},
      "faults": [{"fault": "clock_jump", "by": "20s", "from": "1s"},
                 {"fault": "coordinator_crash", "from": "2s", "restart_after": "1s"}])");
  EXPECT_EQ(run.outcome.escrows.completed, 50u);
  EXPECT_LE(run.outcome.makespan, 6s);
}

// What stands between a coordinator and its world for it changes nothing by being there.
TEST(WorldFaults, ACoordinatorThatMayBeStoppedAndIsNotRunsAsAnyOther) {
  const StormOf plain(std::string(life) + R"("faults": [])");
  const StormOf never(std::string(life) + R"("faults": [{"fault": "clock_jump", "by": "1s",
                "method": "query_key"}])");
  EXPECT_EQ(never.outcome.digest, plain.outcome.digest);
}

TEST(WorldFaults, AFaultOfTheWholeWorldActsAtItsTimes) {
  const StormOf run(std::string(life) +
                    R"("calm": {"at": "1h"}, "faults": [{"fault": "refresh_storm", "from": "5s",
                "every": "10s", "until": "30s"}])");
  EXPECT_GE(run.faults.size(), 2u);
  EXPECT_EQ(run.outcome.escrows.completed, 1u);
}

}  // namespace
}  // namespace escrowstorm::sim
