// The fault engine in virtual time, against a world that writes down what is done to it: each
// fault's verdict or action, what is told of it, and calm.
#include <gmock/gmock.h>
#include <gtest/gtest.h>

#include <boost/asio/co_spawn.hpp>
#include <string>
#include <variant>

#include "base/rethrow.hpp"
#include "sim/faults/engine.hpp"
#include "sim/scenario/reader.hpp"
#include "tests/support/manual_clock.hpp"

namespace escrowstorm::sim {
namespace {

using namespace std::chrono_literals;
using mockrpc::NoReply;
using mockrpc::Verdict;
using testing::ElementsAre;
using testing::IsEmpty;

std::string stamp(const Clock& clock) {
  return std::to_string(clock.now().time_since_epoch() / 1ms) + "ms ";
}

// "2000ms kill 1", in the order of what happened.
struct World final : WorldControl {
  explicit World(const Clock& clock) : clock_(clock) {}

  std::uint32_t instances() const override { return 4; }
  void kill_instance(std::uint32_t i) override { note("kill " + std::to_string(i)); }
  void start_instance(std::uint32_t i) override { note("start " + std::to_string(i)); }
  void hang_instance(std::uint32_t i) override { note("hang " + std::to_string(i)); }
  void resume_instance(std::uint32_t i) override { note("resume " + std::to_string(i)); }
  void open_port(std::uint32_t i) override { note("open port " + std::to_string(i)); }
  void suspend_coordinator() override { note("suspend"); }
  void resume_coordinator() override { note("go on"); }
  void crash_coordinator() override { note("crash"); }
  void start_coordinator() override { note("restart"); }
  void steal_slot(std::uint32_t i, std::string wallet) override {
    note("steal " + std::to_string(i) + " " + wallet);
  }
  mockrpc::Fleet& fleet() override { throw std::logic_error("no fleet"); }
  mockrpc::Chain& chain() override { throw std::logic_error("no chain"); }
  Bank* bank() override { return nullptr; }
  std::vector<std::string> wallets() const override { return {}; }
  void note(const std::string& what) { done.push_back(stamp(clock_) + what); }

  std::vector<std::string> done;
  const Clock& clock_;
};

struct Recorder final : Observer {
  void on(const Event& event) override { events.push_back(event); }
  std::vector<Event> events;

  std::vector<std::string> phases() const {
    std::vector<std::string> names;
    for (const Event& event : events) names.emplace_back(event.phase);
    return names;
  }
};

const walletrpc::Request store = walletrpc::Store();
const mockrpc::CallOutcome executed = walletrpc::Answer(walletrpc::AnswerTo<walletrpc::Store>());

class FaultEngineTest : public testing::Test {
 protected:
  // `faults` as a scenario has them, calm at 100 s.
  void begin(const std::string& faults, std::uint64_t seed = 1) {
    auto read = parse_scenario(
        "{\"name\": \"a\", \"calm\": {\"at\": \"100s\"}, \"faults\": [" + faults + "]}", "x.json");
    if (const auto* errors = std::get_if<std::vector<std::string>>(&read))
      throw std::runtime_error(errors->front());
    scenario_ = std::get<Scenario>(std::move(read));
    engine_ = std::make_unique<FaultEngine>(scenario_.faults, scenario_.calm, world_, clock_,
                                            loop_.get_executor(), seen_, Random(seed));
    engine_->start();
  }

  static mockrpc::CallAtSeat call_at(TimePoint at, const mockrpc::CallOutcome* outcome) {
    return {at, 2, CallFor{7, Role::vendor}, &store, "escrow_7_vendor", outcome};
  }

  // As the seat would: not executed unless it passes.
  Verdict call() {
    const Verdict before = engine_->before(call_at(clock_.now(), nullptr));
    if (before.kind != Verdict::Kind::pass) return before;
    executed_.push_back(clock_.now().time_since_epoch());
    return engine_->after(call_at(clock_.now(), &executed));
  }

  Awaitable<void> calls_at(std::vector<Duration> times) {
    for (const Duration at : times) {
      co_await clock_.sleep_until(TimePoint(at));
      const std::size_t done = world_.done.size();
      verdicts_.push_back(call());
      done_within_calls_ += world_.done.size() - done;
    }
  }

  void run(const std::vector<Duration>& calls = {}) {
    boost::asio::co_spawn(loop_, calls_at(calls), rethrow);
    clock_.run(loop_);
  }

  boost::asio::io_context loop_;
  test::ManualClock clock_;
  Recorder seen_;
  World world_{clock_};
  Scenario scenario_;
  std::unique_ptr<FaultEngine> engine_;
  std::vector<Duration> executed_;
  std::vector<Verdict> verdicts_;
  std::size_t done_within_calls_ = 0;
};

TEST_F(FaultEngineTest, SlowReplyDelaysWhatWasExecuted) {
  begin(R"({"fault": "slow_reply", "delay": "2s", "nth": 2})");
  run({1s, 2s});
  EXPECT_EQ(verdicts_[0].kind, Verdict::Kind::pass);
  EXPECT_EQ(verdicts_[1].kind, Verdict::Kind::delay);
  EXPECT_EQ(verdicts_[1].delay, 2s);
  EXPECT_THAT(executed_, ElementsAre(1s, 2s));
  ASSERT_THAT(seen_.phases(), ElementsAre("slow_reply"));
  const Event& event = seen_.events[0];
  EXPECT_EQ(event.at, TimePoint(2s));
  EXPECT_EQ(event.kind, EventKind::fault);
  EXPECT_TRUE(event.injected);
  EXPECT_EQ(event.escrow, 7u);
  EXPECT_EQ(event.role, Role::vendor);
  EXPECT_EQ(event.instance, 2u);
  EXPECT_EQ(event.wallet, "escrow_7_vendor");
  EXPECT_EQ(event.method, "store");
  EXPECT_EQ(event.duration, 2s);
}

TEST_F(FaultEngineTest, LostReplyLosesTheAnswerOfWhatWasExecuted) {
  begin(R"({"fault": "lost_reply", "nth": 1}, {"fault": "lost_reply", "then": "silence"})");
  run({1s, 2s});
  for (const Verdict& verdict : verdicts_) EXPECT_EQ(verdict.kind, Verdict::Kind::drop);
  EXPECT_EQ(verdicts_[0].lost, NoReply::broken);
  EXPECT_EQ(verdicts_[1].lost, NoReply::silent);
  EXPECT_THAT(executed_, ElementsAre(1s, 2s));
  EXPECT_EQ(seen_.events[0].message, "reset");
  EXPECT_EQ(seen_.events[1].message, "silence");
}

TEST_F(FaultEngineTest, DroppedCallIsNeverExecuted) {
  begin(R"({"fault": "dropped_call", "then": "silence"})");
  run({1s});
  EXPECT_EQ(verdicts_[0].kind, Verdict::Kind::drop);
  EXPECT_EQ(verdicts_[0].lost, NoReply::silent);
  EXPECT_THAT(executed_, IsEmpty());
  EXPECT_THAT(seen_.phases(), ElementsAre("dropped_call"));
}

TEST_F(FaultEngineTest, RpcErrorAnswersInsteadOfExecuting) {
  begin(R"({"fault": "rpc_error", "code": -13, "message": "No wallet file"})");
  run({1s});
  EXPECT_EQ(verdicts_[0].kind, Verdict::Kind::error);
  EXPECT_EQ(verdicts_[0].error.code, -13);
  EXPECT_EQ(verdicts_[0].error.message, "No wallet file");
  EXPECT_THAT(executed_, IsEmpty());
  EXPECT_EQ(seen_.events[0].code, -13);
  EXPECT_EQ(seen_.events[0].message, "No wallet file");
}

TEST_F(FaultEngineTest, HangStopsAnInstanceBehindACallAndLetsItGoOn) {
  begin(R"({"fault": "hang", "nth": 1, "resume_after": "3s"})");
  run({1s});
  EXPECT_EQ(verdicts_[0].kind, Verdict::Kind::pass);
  EXPECT_THAT(world_.done, ElementsAre("1000ms hang 2", "4000ms resume 2"));
  ASSERT_THAT(seen_.phases(), ElementsAre("hang", "wallet_resume"));
  EXPECT_EQ(seen_.events[1].instance, 2u);
  EXPECT_EQ(seen_.events[1].duration, 3s);
}

TEST_F(FaultEngineTest, WhatHangsCanDieAndThenHangsNoMore) {
  begin(R"({"fault": "hang", "instance": [1], "from": "1s", "resume_after": "10s"},
           {"fault": "hang", "instance": [1], "from": "2s", "resume_after": "1s"},
           {"fault": "wallet_crash", "instance": [1], "from": "3s", "restart_after": "1s"})");
  run({});
  EXPECT_THAT(world_.done, ElementsAre("1000ms hang 1", "3000ms kill 1", "4000ms start 1"));
}

TEST_F(FaultEngineTest, WalletCrashBeforeACallDropsIt) {
  begin(R"({"fault": "wallet_crash", "nth": 1, "restart_after": "3s"})");
  run({1s});
  EXPECT_EQ(verdicts_[0].kind, Verdict::Kind::drop);
  EXPECT_EQ(verdicts_[0].lost, NoReply::broken);
  EXPECT_THAT(executed_, IsEmpty());
  EXPECT_THAT(world_.done, ElementsAre("1000ms kill 2", "4000ms start 2"));
  ASSERT_THAT(seen_.phases(), ElementsAre("wallet_crash", "wallet_restart"));
  EXPECT_EQ(seen_.events[0].escrow, 7u);
  EXPECT_EQ(seen_.events[1].instance, 2u);
  EXPECT_EQ(seen_.events[1].duration, 3s);
  EXPECT_TRUE(seen_.events[1].injected);
}

TEST_F(FaultEngineTest, WalletCrashAfterACallLosesItsAnswer) {
  begin(R"({"fault": "wallet_crash", "nth": 1, "when": "after"})");
  run({1s});
  EXPECT_EQ(verdicts_[0].kind, Verdict::Kind::drop);
  EXPECT_THAT(executed_, ElementsAre(1s));
  EXPECT_THAT(world_.done, ElementsAre("1000ms kill 2", "3000ms start 2"));
}

// On the world's executor, where a task might be begun at once.
TEST_F(FaultEngineTest, OnlyAnInstanceDiesFromWithinAVerdict) {
  begin(
      R"({"fault": "slot_theft", "wallet": "w", "nth": 1}, {"fault": "coordinator_crash", "nth": 2})");
  run({1s, 1s, 1s});
  EXPECT_EQ(done_within_calls_, 0u);
  EXPECT_THAT(world_.done, testing::Contains("1000ms crash"));
}

// Or what is queued behind the call would execute on an instance that is dead.
TEST_F(FaultEngineTest, AnInstanceDiesBeforeAnythingElseExecutes) {
  begin(R"({"fault": "wallet_crash", "nth": 1})");
  run({1s});
  EXPECT_EQ(done_within_calls_, 1u);
  EXPECT_THAT(world_.done, ElementsAre("1000ms kill 2", "3000ms start 2"));
}

TEST_F(FaultEngineTest, ADelayedCrashLeavesTheCallAlone) {
  begin(R"({"fault": "wallet_crash", "nth": 1, "delay": "500ms"})");
  run({1s});
  EXPECT_EQ(verdicts_[0].kind, Verdict::Kind::pass);
  EXPECT_THAT(executed_, ElementsAre(1s));
  EXPECT_THAT(world_.done, ElementsAre("1500ms kill 2", "3500ms start 2"));
}

TEST_F(FaultEngineTest, CoordinatorCrashLosesTheCallForGood) {
  begin(R"({"fault": "coordinator_crash", "nth": 1, "when": "after", "restart_after": "250ms"})");
  run({1s});
  EXPECT_EQ(verdicts_[0].kind, Verdict::Kind::drop);
  EXPECT_EQ(verdicts_[0].lost, NoReply::silent);
  EXPECT_THAT(executed_, ElementsAre(1s));
  EXPECT_THAT(world_.done, ElementsAre("1000ms crash", "1250ms restart"));
  EXPECT_THAT(seen_.phases(), ElementsAre("coordinator_crash", "coordinator_restart"));
}

TEST_F(FaultEngineTest, SlotTheftComesBehindTheCall) {
  begin(R"({"fault": "slot_theft", "wallet": "foreign", "nth": 1, "delay": "1s"},
           {"fault": "slot_theft", "wallet": "other", "nth": 1})");
  run({1s});
  EXPECT_EQ(verdicts_[0].kind, Verdict::Kind::pass);
  EXPECT_THAT(executed_, ElementsAre(1s));
  EXPECT_THAT(world_.done, ElementsAre("1000ms steal 2 other", "2000ms steal 2 foreign"));
  EXPECT_EQ(seen_.events[0].wallet, "other");
}

TEST_F(FaultEngineTest, TheFirstInTheFileHasTheCall) {
  begin(
      R"({"fault": "slow_reply", "delay": "1s", "at_most": 1}, {"fault": "lost_reply", "nth": 1})");
  run({1s, 2s, 3s});
  EXPECT_EQ(verdicts_[0].kind, Verdict::Kind::delay);
  EXPECT_EQ(verdicts_[1].kind, Verdict::Kind::drop);
  EXPECT_EQ(verdicts_[2].kind, Verdict::Kind::pass);
}

TEST_F(FaultEngineTest, ActsByTheClockAgainAndAgain) {
  begin(
      R"({"fault": "wallet_crash", "instance": 3, "from": "1s", "every": "10s", "until": "25s"})");
  run();
  EXPECT_THAT(world_.done, ElementsAre("1000ms kill 3", "3000ms start 3", "11000ms kill 3",
                                       "13000ms start 3", "21000ms kill 3", "23000ms start 3"));
  EXPECT_EQ(engine_->counts()[0].fired, 3u);
}

TEST_F(FaultEngineTest, DrawsAnInstanceWhereNoneIsNamed) {
  const auto drawn = [this](std::uint64_t seed) {
    world_.done.clear();
    clock_ = test::ManualClock();
    begin(R"({"fault": "slot_theft", "wallet": "w", "every": "1s"})", seed);
    run();
    return world_.done;
  };
  const auto first = drawn(1);
  EXPECT_EQ(first.size(), 100u);
  for (const char* each : {"steal 0", "steal 1", "steal 2", "steal 3"})
    EXPECT_THAT(first, testing::Contains(testing::HasSubstr(each)));
  EXPECT_EQ(drawn(1), first);
  EXPECT_NE(drawn(2), first);
}

TEST_F(FaultEngineTest, AnInstanceThatTheWorldHasNotIsLeftAlone) {
  begin(R"({"fault": "wallet_crash", "instance": 4})");
  run();
  EXPECT_THAT(world_.done, IsEmpty());
  EXPECT_THAT(seen_.events, IsEmpty());
}

TEST_F(FaultEngineTest, WhatIsDownCannotCrash) {
  begin(R"({"fault": "coordinator_crash", "every": "1s", "until": "3s", "restart_after": "5s"},
           {"fault": "wallet_crash", "instance": 0, "restart_after": "4s"},
           {"fault": "wallet_crash", "instance": 0, "from": "1s"},
           {"fault": "slot_theft", "instance": 0, "wallet": "w", "from": "2s"})");
  run();
  EXPECT_THAT(world_.done,
              ElementsAre("0ms crash", "0ms kill 0", "4000ms start 0", "5000ms restart"));
  EXPECT_THAT(seen_.phases(), ElementsAre("coordinator_crash", "wallet_crash", "wallet_restart",
                                          "coordinator_restart"));
  EXPECT_EQ(engine_->counts()[2].fired, 0u);
}

// Its calls from before go on at the instances.
TEST_F(FaultEngineTest, ACallOfADeadCoordinatorIsLeftAlone) {
  begin(R"({"fault": "coordinator_crash", "restart_after": "5s"},
           {"fault": "coordinator_crash", "method": "store"})");
  run({1s});
  EXPECT_EQ(verdicts_[0].kind, Verdict::Kind::pass);
  EXPECT_THAT(executed_, ElementsAre(1s));
  EXPECT_THAT(world_.done, ElementsAre("0ms crash", "5000ms restart"));
}

TEST_F(FaultEngineTest, AtCalmAllIsStartedAndNothingFires) {
  begin(R"({"fault": "wallet_crash", "instance": [1], "from": "99s", "restart_after": "1h"},
           {"fault": "coordinator_crash", "from": "98s", "restart_after": "1h"},
           {"fault": "wallet_crash", "instance": 3, "from": "100s"},
           {"fault": "slot_theft", "wallet": "w", "nth": 1, "delay": "10s"},
           {"fault": "lost_reply"})");
  run({95s, 100s, 200s});
  EXPECT_THAT(world_.done, ElementsAre("98000ms crash", "99000ms kill 1", "100000ms start 1",
                                       "100000ms restart"));
  EXPECT_EQ(verdicts_[0].kind, Verdict::Kind::drop);
  EXPECT_EQ(verdicts_[1].kind, Verdict::Kind::pass);
  EXPECT_EQ(verdicts_[2].kind, Verdict::Kind::pass);
}

TEST_F(FaultEngineTest, CountsWhatFired) {
  begin(
      R"({"fault": "lost_reply", "at_most": 2}, {"fault": "dropped_call", "method": "open_wallet"})");
  run({1s, 2s, 3s});
  const auto counts = engine_->counts();
  ASSERT_EQ(counts.size(), 2u);
  EXPECT_EQ(counts[0].fault, "lost_reply");
  EXPECT_EQ(counts[0].fired, 2u);
  EXPECT_EQ(counts[1].fault, "dropped_call");
  EXPECT_EQ(counts[1].fired, 0u);
}

TEST_F(FaultEngineTest, EachFaultHasItsOwnChances) {
  const std::string theft = R"({"fault": "slot_theft", "probability": "50%", "wallet": )";
  begin(theft + "\"a\"}, " + theft + "\"b\"}");
  run({1s, 2s, 3s, 4s, 5s, 6s, 7s, 8s, 9s, 10s, 11s, 12s});
  std::vector<TimePoint> of_a;
  std::vector<TimePoint> of_b;
  for (const Event& event : seen_.events) (event.wallet == "a" ? of_a : of_b).push_back(event.at);
  EXPECT_THAT(of_a, testing::Not(IsEmpty()));
  EXPECT_NE(of_a, of_b);
}

TEST_F(FaultEngineTest, AFurtherFaultLeavesTheChancesOfTheOthers) {
  const std::string first = R"({"fault": "slot_theft", "wallet": "a", "probability": "30%"})";
  const auto times_of_a = [&](const std::string& faults) {
    world_.done.clear();
    clock_ = test::ManualClock();
    begin(faults);
    run({1s, 2s, 3s, 4s, 5s, 6s, 7s, 8s, 9s, 10s, 11s, 12s});
    std::erase_if(world_.done, [](const std::string& line) { return !line.ends_with(" a"); });
    return world_.done;
  };
  const auto alone = times_of_a(first);
  EXPECT_THAT(alone, testing::Not(IsEmpty()));
  EXPECT_LT(alone.size(), 12u);
  EXPECT_EQ(times_of_a(first + R"(, {"fault": "slot_theft", "wallet": "b", "probability": "50%"})"),
            alone);
}

TEST_F(FaultEngineTest, AClockJumpStopsTheCoordinatorForItsTime) {
  begin(R"({"fault": "clock_jump", "by": "90s", "from": "1s"},
           {"fault": "clock_jump", "by": "5s", "from": "30s"})");
  run();
  EXPECT_THAT(world_.done, ElementsAre("1000ms suspend", "91000ms go on"));
  EXPECT_THAT(seen_.phases(), ElementsAre("clock_jump", "coordinator_resume"));
  EXPECT_EQ(seen_.events[1].duration, 90s);
}

TEST_F(FaultEngineTest, AStoppedCoordinatorThatDiesIsStoppedNoMore) {
  begin(R"({"fault": "clock_jump", "by": "30s", "from": "1s"},
           {"fault": "coordinator_crash", "from": "2s", "restart_after": "3s"})");
  run();
  EXPECT_THAT(world_.done, ElementsAre("1000ms suspend", "2000ms crash", "5000ms restart"));
}

TEST_F(FaultEngineTest, ByAPhaseItActsWhileTheEscrowIsInIt) {
  begin(R"({"fault": "busy", "phase": "make"})");
  engine_->is_in(8, coordinator::Phase::make);  // another than the calls are for
  run({1s});
  engine_->is_in(7, coordinator::Phase::make);
  run({2s});
  EXPECT_THAT(executed_, ElementsAre(1s));
}

}  // namespace
}  // namespace escrowstorm::sim
