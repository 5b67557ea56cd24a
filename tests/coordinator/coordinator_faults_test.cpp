// Every call of a set-up going wrong in every way, and the coordinator dropped at every moment.
#include <gmock/gmock.h>
#include <gtest/gtest.h>

#include <boost/asio/co_spawn.hpp>
#include <functional>

#include "coordinator/coordinator.hpp"
#include "tests/coordinator/support/rig.hpp"

namespace escrowstorm::test {
namespace {

using namespace coordinator;
using Kind = CallError::Kind;
using std::chrono::milliseconds;
using std::chrono::minutes;
using std::chrono::seconds;
using testing::HasSubstr;
using testing::StartsWith;

constexpr Kind all_kinds[] = {Kind::refused, Kind::outcome_unknown, Kind::deadline,
                              Kind::bad_answer, Kind::rpc_error};

constexpr int calls_of_one_role = 16;

CoordinatorOptions with_attempts(std::uint32_t attempts) {
  CoordinatorOptions options;
  options.setup_attempts = attempts;
  return options;
}

// The n-th call (from 0) that reaches instance 1, and all after it until `ends`, go wrong.
struct FaultAt {
  int first;
  int last;
  FakeFleet::Fault fault;
  int seen = 0;

  std::optional<FakeFleet::Fault> operator()(InstanceId instance, const walletrpc::Request&) {
    std::optional<FakeFleet::Fault> none;
    if (instance != 1) return none;
    const int call = seen++;
    if (call < first || call > last) return none;
    return fault;
  }
};

FakeFleet::Fault fault_of(Kind kind, bool runs) {
  FakeFleet::Fault fault;
  fault.error.kind = kind;
  fault.error.sent = kind != Kind::refused;
  fault.error.code = kind == Kind::rpc_error ? -1 : 0;
  fault.error.message = "the cause";
  fault.runs = runs;
  return fault;
}

// From that call on, everything on the vendor's instance fails.
TEST(CoordinatorFaults, EveryCallMayFailForGoodInEveryWay) {
  for (int call = 0; call < calls_of_one_role; ++call) {
    for (const Kind kind : all_kinds) {
      for (const bool runs : {false, true}) {
        SCOPED_TRACE(testing::Message()
                     << "call " << call << ", " << name_of(kind) << (runs ? ", runs" : ""));
        Rig rig(3, with_attempts(1));
        FaultAt from{call, 1000, fault_of(kind, runs)};
        rig.fleet.on_call = from;
        const SetupOutcome outcome = rig.set_up(1);
        const bool published = call == calls_of_one_role - 1;  // only closing fails
        EXPECT_EQ(outcome.ready, published);
        EXPECT_EQ(outcome.address.empty(), !published);
        EXPECT_TRUE(rig.all_leases_returned());
        EXPECT_EQ(rig.store.records.at(1).failure, outcome.failure);
        if (published) continue;
        EXPECT_THAT(outcome.failure, StartsWith("vendor: "));
        EXPECT_THAT(outcome.failure, HasSubstr(" on instance 1: "));
        EXPECT_EQ(rig.store.records.at(1).phase, Phase::failed);
        const Event failed = rig.observer.of(EventKind::escrow, "failed").at(0);
        EXPECT_FALSE(failed.ok);
        EXPECT_EQ(failed.message, outcome.failure);
        EXPECT_EQ(failed.duration, failed.at - TimePoint());
        // The others' wallets are closed, and instances can be had again.
        EXPECT_EQ(rig.fleet.open[0], "");
        EXPECT_EQ(rig.fleet.open[2], "");
        rig.fleet.on_call = nullptr;
        EXPECT_TRUE(rig.set_up(2).ready);
      }
    }
  }
}

// One failure, and all is well afterwards: an attempt survives what may be repeated; other attempts
// what the instance is to blame for.
TEST(CoordinatorFaults, ASingleFailureIsSurvivedWhereTheCallMayBeRepeated) {
  // create, set_attribute, store, get_attribute, prepare, make, exchange, exchange, is_multisig,
  // get_address, close, open, get_attribute, is_multisig, get_address, close
  const bool safe[calls_of_one_role] = {false, true, true,  true,  true, false, false, false,
                                        true,  true, false, false, true, true,  true,  false};
  constexpr int opens = 11;
  for (int call = 0; call < calls_of_one_role; ++call) {
    for (const Kind kind : all_kinds) {
      for (const std::uint32_t attempts : {1u, 2u}) {
        SCOPED_TRACE(testing::Message() << "call " << call << ", " << name_of(kind));
        Rig rig(3, with_attempts(attempts));
        FaultAt once{call, call, fault_of(kind, kind != Kind::refused && kind != Kind::rpc_error)};
        rig.fleet.on_call = once;
        const bool unknown = kind == Kind::outcome_unknown || kind == Kind::deadline;
        const bool survived = kind == Kind::refused || (unknown && safe[call]);
        const bool published = call == calls_of_one_role - 1;
        const bool again = attempts > 1 && (kind != Kind::rpc_error || call == opens);
        EXPECT_EQ(rig.set_up(1).ready, survived || published || again);
        const bool started_over = again && !survived && !published;
        EXPECT_EQ(rig.observer.count(EventKind::escrow, "started"), started_over ? 2u : 1u);
        EXPECT_EQ(rig.observer.count(EventKind::escrow, "started_over"), started_over ? 1u : 0u);
      }
    }
  }
}

// As long as no instance answers nobody fails, since nobody gets one.
TEST(CoordinatorFaults, ADeadFleetKeepsAllWaitingUntilItIsBack) {
  Rig rig(9);
  rig.fleet.on_call = [&](InstanceId, const walletrpc::Request&) {
    std::optional<FakeFleet::Fault> fault;
    const TimePoint now = rig.clock.now();
    if (now > TimePoint(seconds(5)) && now < TimePoint(minutes(10)))
      fault = fault_of(Kind::refused, false);
    return fault;
  };
  for (EscrowId id = 1; id <= 100; ++id) rig.begin(id);
  rig.run();
  EXPECT_EQ(rig.outcomes.size(), 100u);
  EXPECT_TRUE(rig.all_leases_returned());
  for (const auto& [id, outcome] : rig.outcomes) EXPECT_TRUE(outcome.ready) << outcome.failure;
  EXPECT_EQ(rig.observer.count(EventKind::escrow, "started_over"), 3u);
  EXPECT_EQ(rig.observer.count(EventKind::lease, "suspended"), 9u);
  EXPECT_EQ(rig.observer.count(EventKind::lease, "resumed"), 9u);
}

TEST(CoordinatorFaults, ANeverAnsweringFleetEndsEverySetUp) {
  CoordinatorOptions options = with_attempts(3);
  options.call_deadline = seconds(20);
  Rig rig(3, options);
  rig.fleet.latency["make_multisig"] = seconds(3600);
  for (EscrowId id = 1; id <= 2; ++id) rig.begin(id);
  rig.run();
  for (const EscrowId id : {1, 2}) {
    EXPECT_THAT(rig.outcomes[id].failure, HasSubstr("make_multisig on instance"));
    EXPECT_THAT(rig.outcomes[id].failure, HasSubstr("deadline: no answer in time"));
  }
  EXPECT_EQ(rig.observer.count(EventKind::escrow, "started"), 6u);
  EXPECT_TRUE(rig.all_leases_returned());
}

// Random faults everywhere, many escrows: all of them end, and all that was leased comes back.
TEST(CoordinatorFaults, EverySetUpEndsUnderRandomFaults) {
  for (const char* policy : {"exclusive_lease", "role_partitioned", "shared_round_robin"}) {
    for (std::uint64_t seed = 0; seed < 10; ++seed) {
      CoordinatorOptions options;
      options.slots = policy;
      options.verify_wallet = seed % 2 == 0;
      Rig rig(7, options);
      RandomStream chance(seed);
      rig.fleet.on_call = [&](InstanceId, const walletrpc::Request&) {
        std::optional<FakeFleet::Fault> fault;
        if (chance.chance(1, 50)) fault = fault_of(all_kinds[chance.below(5)], chance.chance(1, 2));
        return fault;
      };
      rig.store.on_commit = [&](const EscrowRecord&) {
        std::optional<std::string> error;
        if (chance.chance(1, 200)) error = "disk I/O error";
        return error;
      };
      for (EscrowId id = 1; id <= 60; ++id) rig.begin(id);
      rig.run();
      EXPECT_EQ(rig.outcomes.size(), 60u) << policy << " seed " << seed;
      EXPECT_TRUE(rig.all_leases_returned());
      for (const auto& [id, outcome] : rig.outcomes) {
        EXPECT_NE(outcome.ready, outcome.address.empty());
        EXPECT_EQ(outcome.ready, outcome.failure.empty());
      }
    }
  }
}

// The coordinator goes at some moment of a storm. Afterwards the world goes on: nothing of the
// coordinator's calls, commits or tells anything any more. (The sanitizers look for leaks.)
TEST(CoordinatorCrash, DropsEverythingAtAnyMoment) {
  for (int moment = 0; moment < 60; ++moment) {
    Rig rig(6);
    for (EscrowId id = 1; id <= 5; ++id) rig.begin(id);
    int calls = 0;
    std::size_t events_at_crash = 0;
    std::size_t calls_at_crash = 0;
    std::size_t commits_at_crash = 0;
    rig.fleet.on_call = [&](InstanceId, const walletrpc::Request&) {
      std::optional<FakeFleet::Fault> fault;
      ++calls;
      if (calls % 7 == 3) fault = fault_of(Kind::refused, false);  // some wait to call again
      return fault;
    };
    // From inside the loop, between two handlers, at a moment of its own.
    const TimePoint when = TimePoint(milliseconds(47 * moment));
    struct Crash {
      static Awaitable<void> at(Clock& clock, TimePoint when, std::function<void()> crash) {
        co_await clock.sleep_until(when);
        crash();
      }
    };
    std::function<void()> crash = [&] {
      rig.coordinator.reset();
      events_at_crash = rig.observer.events.size();
      calls_at_crash = static_cast<std::size_t>(calls);
      commits_at_crash = rig.store.log.size();
    };
    boost::asio::co_spawn(rig.loop, Crash::at(rig.clock, when, crash), [](std::exception_ptr) {});
    rig.run();
    EXPECT_EQ(rig.observer.events.size(), events_at_crash);
    EXPECT_EQ(static_cast<std::size_t>(calls), calls_at_crash);
    // What was on its way to the store may arrive.
    EXPECT_LE(rig.store.log.size(), commits_at_crash + 5);
    for (const auto& [id, outcome] : rig.outcomes) EXPECT_TRUE(outcome.ready) << outcome.failure;
  }
}

// The world goes down with calls, commits and waits under way, without running any further.
TEST(CoordinatorCrash, LeavesNothingBehindWhenTheWorldGoesToo) {
  for (int moment = 0; moment < 40; ++moment) {
    Rig rig(6);
    for (EscrowId id = 1; id <= 5; ++id) rig.begin(id);
    int calls = 0;
    rig.fleet.on_call = [&](InstanceId, const walletrpc::Request&) {
      if (++calls == 3 * moment) rig.loop.stop();
      return std::optional<FakeFleet::Fault>();
    };
    rig.loop.poll();
    rig.clock.run(rig.loop);
  }
}

}  // namespace
}  // namespace escrowstorm::test
