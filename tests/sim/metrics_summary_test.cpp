// From events to summary.json; the summary made from a trace is the one made live.
#include <gmock/gmock.h>
#include <gtest/gtest.h>

#include <fstream>
#include <nlohmann/json.hpp>
#include <variant>

#include "base/random.hpp"
#include "sim/metrics/summary_builder.hpp"
#include "sim/process/scratch_dir.hpp"
#include "sim/storm/storm.hpp"
#include "sim/thresholds/expectation.hpp"
#include "sim/trace/event_line.hpp"
#include "sim/trace/fan_out.hpp"
#include "sim/trace/trace_writer.hpp"

namespace escrowstorm::sim {
namespace {

using namespace std::chrono_literals;
using testing::ElementsAre;
using testing::HasSubstr;
using testing::IsEmpty;
using testing::SizeIs;

Event escrow_event(std::string_view phase, TimePoint at, EscrowId id) {
  Event event;
  event.at = at;
  event.kind = EventKind::escrow;
  event.phase = phase;
  event.escrow = id;
  return event;
}

Event ready_event(TimePoint at, EscrowId id, Duration took) {
  Event event = escrow_event(storm_phase::ended, at, id);
  event.duration = took;
  return event;
}

Event failed_event(TimePoint at, EscrowId id, std::string reason) {
  Event event = escrow_event(storm_phase::ended, at, id);
  event.ok = false;
  event.message = std::move(reason);
  return event;
}

Event call_event(std::string_view method, Duration took, int code = 0, std::string message = "") {
  Event event;
  event.at = TimePoint(9s);
  event.kind = EventKind::rpc;
  event.phase = "make";
  event.method = method;
  event.duration = took;
  event.ok = code == 0 && message.empty();
  event.code = code;
  event.message = std::move(message);
  return event;
}

RunFacts facts() { return RunFacts{"first", "mock", 7, 5, "0123456789abcdef"}; }

Summary summary_of(std::initializer_list<Event> events) {
  SummaryBuilder builder;
  for (const Event& event : events) builder.on(event);
  return builder.finish(facts());
}

TEST(Summary, CountsEscrows) {
  const Summary s =
      summary_of({escrow_event(storm_phase::requested, TimePoint(1s), 0),
                  escrow_event(storm_phase::requested, TimePoint(1s), 1),
                  escrow_event(storm_phase::requested, TimePoint(2s), 2),
                  escrow_event(storm_phase::requested, TimePoint(2s), 3),
                  escrow_event("ready", TimePoint(3s), 0),  // the coordinator's own
                  ready_event(TimePoint(4s), 0, 3s), ready_event(TimePoint(5s), 1, 4s),
                  failed_event(TimePoint(6s), 2, "a")});
  EXPECT_EQ(s.escrows.started, 4u);
  EXPECT_EQ(s.escrows.ready, 2u);
  EXPECT_EQ(s.escrows.completed, 2u);
  EXPECT_EQ(s.escrows.failed, 1u);
  EXPECT_EQ(s.escrows.unfinished(), 1u);
  EXPECT_EQ(s.makespan, 5s);
  EXPECT_EQ(s.setup.count, 2u);
  EXPECT_EQ(s.setup.min, 3s);
  EXPECT_EQ(s.setup.max, 4s);
  EXPECT_FALSE(s.passed());
}

TEST(Summary, GroupsFailuresThatDifferInNumbersOnly) {
  const Summary s = summary_of(
      {failed_event(TimePoint(1s), 0, "buyer: verify on instance 3: met s1_4_buyer (of escrow 4)"),
       failed_event(TimePoint(1s), 1,
                    "buyer: verify on instance 17: met s1_12_buyer (of escrow 12)"),
       failed_event(TimePoint(1s), 2, "vendor: make_multisig on instance 0: -28 no")});
  ASSERT_THAT(s.failures, SizeIs(2));
  EXPECT_EQ(s.failures[0].reason, "buyer: verify on instance N: met s1_N_buyer (of escrow N)");
  EXPECT_EQ(s.failures[0].count, 2u);
  EXPECT_EQ(s.failures[1].reason, "vendor: make_multisig on instance N: -28 no");
}

TEST(Summary, CountsFailuresOfAllAttemptsAsOne) {
  const Summary s = summary_of(
      {failed_event(TimePoint(1s), 0, "buyer: expected wallet s1_4_buyer, met s1_5_buyer_12 (no)"),
       failed_event(TimePoint(1s), 1, "buyer: expected wallet s1_6_buyer_2, met s1_7_buyer (no)")});
  ASSERT_THAT(s.failures, SizeIs(1));
  EXPECT_EQ(s.failures[0].reason, "buyer: expected wallet s1_N_buyer, met s1_N_buyer (no)");
}

TEST(Summary, ErrorsComeMostFrequentFirst) {
  const Summary s =
      summary_of({call_event("store", 1ms, -1, "b"), call_event("store", 2ms, -28, "multi"),
                  call_event("store", 3ms, -28, "multi"),
                  call_event("make_multisig", 4ms, 0, "refused"), call_event("store", 5ms)});
  ASSERT_THAT(s.errors, SizeIs(3));
  EXPECT_EQ(s.errors[0].code, -28);
  EXPECT_EQ(s.errors[0].count, 2u);
  ASSERT_THAT(s.rpc, SizeIs(2));
  EXPECT_EQ(s.rpc[0].method, "make_multisig");
  EXPECT_EQ(s.rpc[1].method, "store");
  EXPECT_EQ(s.rpc[1].took.count, 4u);
  EXPECT_EQ(s.rpc[1].errors, 3u);
}

TEST(Summary, DistinctErrorsAreBounded) {
  SummaryBuilder builder;
  for (int i = 0; i < 5000; ++i)
    builder.on(call_event("store", 1ms, -1, "text " + std::to_string(i)));
  const Summary s = builder.finish(facts());
  ASSERT_THAT(s.errors, SizeIs(1001));
  EXPECT_EQ(s.errors[0].message, "(other errors)");
  EXPECT_EQ(s.errors[0].count, 4000u);
  EXPECT_THAT(to_json(s)["errors"], SizeIs(listed_max));
}

TEST(Summary, JsonHasTheKeysOfTheDesign) {
  Summary s = summary_of({escrow_event(storm_phase::requested, TimePoint(0s), 0),
                          call_event("store", 2500us), ready_event(TimePoint(2s), 0, 2s)});
  s.thresholds.push_back(ThresholdResult{"escrows.failed == 0", 0, "", true});
  s.thresholds.push_back(ThresholdResult{"rpc.open_wallet.p99 < 1s", std::nullopt, "ms", false});
  EXPECT_EQ(to_json(s).dump(), nlohmann::ordered_json::parse(R"({
    "scenario": "first", "world": "mock", "seed": 7, "digest": "0123456789abcdef",
    "interrupted": false,
    "escrows": {"planned": 5, "started": 1, "ready": 1, "completed": 1, "failed": 0,
                "unfinished": 0, "late": 0},
    "makespan_ms": 9000.0,
    "setup_ms": {"count": 1, "min": 2000.0, "p50": 2000.0, "p90": 2000.0, "p99": 2000.0,
                 "max": 2000.0},
    "call_ms": {"count": 0, "min": null, "p50": null, "p90": null, "p99": null, "max": null},
    "lateness_ms": {"count": 0, "min": null, "p50": null, "p90": null, "p99": null, "max": null},
    "rpc": {"store": {"count": 1, "errors": 0, "min": 2.5, "p50": 2.5, "p90": 2.5, "p99": 2.5,
                      "max": 2.5}},
    "errors": [], "failures": [], "invariants": [], "faults": [],
    "thresholds": [{"text": "escrows.failed == 0", "actual": 0.0, "pass": true},
                   {"text": "rpc.open_wallet.p99 < 1s", "actual": null, "pass": false}],
    "verdict": "fail"})")
                                   .dump());
}

TEST(Summary, NothingReadyHasNoTimes) {
  const auto json = to_json(summary_of({}));
  EXPECT_EQ(json["setup_ms"]["count"], 0);
  EXPECT_TRUE(json["setup_ms"]["p99"].is_null());
  EXPECT_EQ(json["verdict"], "pass");
}

TEST(Summary, OfAnInterruptedRunGoesToItsEnd) {
  Event interrupted = escrow_event(storm_phase::interrupted, TimePoint(7s), 0);
  interrupted.escrow.reset();
  const Summary s =
      summary_of({escrow_event(storm_phase::requested, TimePoint(1s), 0), interrupted});
  EXPECT_TRUE(s.interrupted);
  EXPECT_EQ(s.makespan, 6s);
  EXPECT_EQ(s.escrows.unfinished(), 1u);
  EXPECT_EQ(to_json(s)["verdict"], "fail");
}

TEST(Summary, FromTheTraceIsTheOneMadeLive) {
  const ScratchDir scratch;
  const auto file = scratch.path() / "events.jsonl";
  SummaryBuilder live;
  std::string digest;
  {
    TraceWriter writer(file);
    FanOut both({&writer, &live});
    RandomStream random = Random(1).stream("test.summary");
    constexpr std::string_view methods[] = {"store", "open_wallet", "make_multisig"};
    for (EscrowId id = 0; id < 300; ++id) {
      const TimePoint at{Duration(id * 1'000'003)};
      both.on(escrow_event(storm_phase::requested, at, id));
      for (int call = 0; call < 10; ++call) {
        const int code = random.chance(1, 5) ? -static_cast<int>(random.below(50)) : 0;
        both.on(call_event(methods[random.below(3)], Duration(random.below(3'000'000'000)), code,
                           code == 0 ? "" : "caf\xc3\xa9 \"quoted\""));
      }
      const Duration took(random.below(60'000'000'000));
      if (random.chance(1, 4)) {
        both.on(failed_event(at + took, id, "on instance " + std::to_string(id % 7)));
      } else if (random.chance(9, 10)) {
        both.on(ready_event(at + took, id, took));
      }
    }
    digest = writer.digest().hex();
  }

  SummaryBuilder again;
  Digest read_digest;
  EventLineReader reader;
  std::ifstream in(file);
  for (std::string line; std::getline(in, line);) {
    read_digest.add_line(line + "\n");
    auto read = reader.read(line);
    ASSERT_TRUE(std::holds_alternative<TracedEvent>(read)) << std::get<std::string>(read);
    again.on(std::get<TracedEvent>(read).event);
  }
  RunFacts live_facts = facts(), read_facts = facts();
  live_facts.digest = digest;
  read_facts.digest = read_digest.hex();
  const auto live_json = to_json(live.finish(live_facts));
  EXPECT_EQ(live_json.dump(1), to_json(again.finish(read_facts)).dump(1));
  EXPECT_EQ(live_json["escrows"]["started"], 300);
  EXPECT_GT(live_json["escrows"]["unfinished"], 0);
}

ExpectSection expect_section() {
  ExpectSection expect;
  expect.exit = 3;
  expect.metrics.push_back(std::get<Threshold>(Threshold::parse("escrows.ready <= 1")));
  expect.errors.push_back(ExpectedError{-28, "already multisig"});
  return expect;
}

TEST(Expectation, IsMet) {
  const Summary s = summary_of({call_event("store", 1ms, -28, "This wallet is already multisig")});
  EXPECT_THAT(deviations(expect_section(), s, to_json(s), 3), IsEmpty());
}

TEST(Expectation, SaysEveryDeviation) {
  const Summary s = summary_of(
      {escrow_event(storm_phase::requested, TimePoint(0s), 0),
       escrow_event(storm_phase::requested, TimePoint(0s), 1), ready_event(TimePoint(1s), 0, 1s),
       ready_event(TimePoint(1s), 1, 1s), call_event("store", 1ms, -28, "another text"),
       call_event("store", 1ms, -27, "already multisig")});
  EXPECT_THAT(deviations(expect_section(), s, to_json(s), 0),
              ElementsAre("exit status 0, expected 3", "expected escrows.ready <= 1, it is 2",
                          "no call answered -28 \"already multisig\""));
}

}  // namespace
}  // namespace escrowstorm::sim
