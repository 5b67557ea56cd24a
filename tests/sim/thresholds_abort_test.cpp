// Thresholds that end their run: only when they can't hold any more, at once then, and the same way
// each time.
#include <gmock/gmock.h>
#include <gtest/gtest.h>

#include <nlohmann/json.hpp>
#include <variant>

#include "sim/explore/virtual_run.hpp"
#include "sim/metrics/summary_builder.hpp"
#include "sim/scenario/reader.hpp"
#include "sim/storm/storm.hpp"
#include "sim/thresholds/abort_watch.hpp"

namespace escrowstorm::sim {
namespace {

using namespace std::chrono_literals;
using testing::HasSubstr;

Threshold aborting(std::string_view text) {
  auto threshold = std::get<Threshold>(Threshold::parse(text));
  threshold.aborts = true;
  return threshold;
}

Scenario planned(std::uint32_t escrows, std::vector<Threshold> thresholds) {
  Scenario scenario;
  scenario.storm.escrows = escrows;
  scenario.thresholds = std::move(thresholds);
  return scenario;
}

// Escrows that end one after another, each a second after the one before.
class Ends {
 public:
  explicit Ends(const Scenario& scenario)
      : watch_(scenario, [this](const Threshold& threshold) { broken.push_back(threshold.text); }) {
  }

  void end(bool ok, Duration took = 1s) {
    Event event;
    event.at = TimePoint(std::chrono::seconds(next_));
    event.kind = EventKind::escrow;
    event.escrow = next_++;
    event.phase = storm_phase::ended;
    event.ok = ok;
    event.duration = took;
    watch_.on(event);
  }

  std::vector<std::string> broken;

 private:
  AbortWatch watch_;
  EscrowId next_ = 0;
};

TEST(AbortWatch, ACountBreaksWhenItIsPastTheLimit) {
  Ends ends(planned(100, {aborting("escrows.failed <= 2")}));
  for (const bool ok : {false, true, false}) ends.end(ok);
  EXPECT_TRUE(ends.broken.empty());
  ends.end(false);
  EXPECT_THAT(ends.broken, testing::ElementsAre("escrows.failed <= 2"));
  ends.end(false);
  EXPECT_EQ(ends.broken.size(), 1u) << "told once";
}

TEST(AbortWatch, EqualToAnUpperCountBreaksOnlyBeyondIt) {
  Ends ends(planned(100, {aborting("escrows.failed == 1")}));
  ends.end(true);
  ends.end(false);
  EXPECT_TRUE(ends.broken.empty()) << "may still come out so";
  ends.end(false);
  EXPECT_EQ(ends.broken.size(), 1u);
}

// The first escrow that fails is all of those that ended, and one in two hundred of those to come.
TEST(AbortWatch, ARatioIsHeldAgainstAllThatWerePlanned) {
  Ends ends(planned(200, {aborting("escrows.failed / escrows.started < 1%")}));
  ends.end(false);
  EXPECT_TRUE(ends.broken.empty());
  ends.end(false);
  EXPECT_EQ(ends.broken.size(), 1u);
  Ends share(planned(200, {aborting("escrows.failed <= 0.5%")}));
  share.end(false);
  EXPECT_TRUE(share.broken.empty());
  share.end(false);
  EXPECT_EQ(share.broken.size(), 1u);
}

TEST(AbortWatch, APercentileTakesThoseToComeForTheBest) {
  Ends ends(planned(200, {aborting("setup_ms.p99 < 20s")}));
  ends.end(true, 30s);
  ends.end(true, 30s);
  EXPECT_TRUE(ends.broken.empty()) << "198 of 200 may still be faster";
  ends.end(true, 30s);
  EXPECT_EQ(ends.broken.size(), 1u);
}

TEST(AbortWatch, AGreatestOneIsSeenAtOnce) {
  Ends ends(planned(200, {aborting("setup_ms.max < 20s")}));
  ends.end(true, 19s);
  EXPECT_TRUE(ends.broken.empty());
  ends.end(true, 20s);
  EXPECT_EQ(ends.broken.size(), 1u);
}

TEST(AbortWatch, ASelectionIsKept) {
  Ends ends(planned(100, {aborting("escrows.failed == 0 from 2s")}));
  ends.end(false);
  ends.end(false);
  EXPECT_TRUE(ends.broken.empty());
  ends.end(false);
  EXPECT_EQ(ends.broken.size(), 1u);
}

TEST(AbortWatch, OthersEndNothing) {
  Threshold plain = aborting("escrows.failed == 0");
  plain.aborts = false;
  Ends ends(planned(100, {plain}));
  ends.end(false);
  EXPECT_TRUE(ends.broken.empty());
}

// What broke can't hold at the end, whatever else comes: over made-up runs.
TEST(AbortWatch, NeverEndsARunThatCouldHavePassed) {
  int broke = 0;
  for (std::uint64_t seed = 1; seed <= 300; ++seed) {
    RandomStream random = Random(seed).stream("test.abort");
    const auto escrows = static_cast<std::uint32_t>(1 + random.below(300));
    const std::vector<Threshold> thresholds{
        aborting("escrows.failed / escrows.started < 2%"), aborting("setup_ms.p90 <= 4s"),
        aborting("setup_ms.p50 < 2s"), aborting("escrows.completed <= 100")};
    const Threshold& threshold = thresholds[seed % thresholds.size()];
    const auto longest = 1 + random.below(12'000);
    Ends ends(planned(escrows, {threshold}));
    SummaryBuilder builder;
    const auto ended = 1 + random.below(escrows);
    for (EscrowId id = 0; id < ended; ++id) {
      const bool ok = !random.chance(seed % 6, 100);
      const Duration took = std::chrono::milliseconds(random.below(longest));
      ends.end(ok, took);
      Event event;
      event.kind = EventKind::escrow;
      event.escrow = id;
      event.phase = storm_phase::requested;
      builder.on(event);
      event.phase = storm_phase::ended;
      event.ok = ok;
      event.duration = took;
      builder.on(event);
    }
    if (ends.broken.empty()) continue;
    ++broke;
    EXPECT_FALSE(evaluate(threshold, to_json(builder.finish(RunFacts()))).pass) << "seed " << seed;
  }
  EXPECT_GT(broke, 20);
}

std::optional<std::string> refusal(std::string_view text) { return why_not_abort(aborting(text)); }

TEST(AbortWatch, WhatIsKnownAtTheEndOnlyIsRefused) {
  EXPECT_EQ(refusal("escrows.failed / escrows.started < 1%"), std::nullopt);
  EXPECT_EQ(refusal("rpc.store.errors == 0 role buyer"), std::nullopt);
  EXPECT_THAT(refusal("escrows.ready >= 99%").value_or(""), HasSubstr("can't be missed before"));
  EXPECT_THAT(refusal("escrows.failed != 1").value_or(""), HasSubstr("can't be missed before"));
  EXPECT_THAT(refusal("makespan_ms < 1h").value_or(""), HasSubstr("at the end only"));
  EXPECT_THAT(refusal("escrows.unfinished == 0").value_or(""), HasSubstr("at the end only"));
  EXPECT_THAT(refusal("setup_ms.min < 1s").value_or(""), HasSubstr("at the end only"));
  EXPECT_THAT(refusal("rpc.store.p99 < 1s").value_or(""), HasSubstr("take rpc.store.max"));
  EXPECT_THAT(refusal("rpc.store.errors < 1%").value_or(""), HasSubstr("take a count"));
}

Scenario read(const std::string& rest) {
  const auto scenario = parse_scenario(
      R"({"name": "a", "fleet": {"instances": 9, "latency": "none"}, "storm": {"escrows": 50,
          "arrivals": {"kind": "constant", "rate": "1/s"}},)" +
          rest + "}",
      "x.json");
  if (const auto* errors = std::get_if<std::vector<std::string>>(&scenario))
    throw std::runtime_error(errors->front());
  return std::get<Scenario>(scenario);
}

constexpr const char* failing = R"("faults": [{"fault": "rpc_error", "code": -1, "message": "no",
    "method": "create_wallet", "from": "9500ms"}], )";

struct Counted {
  Summary summary;
  std::string digest;
};

Counted run(const Scenario& scenario) {
  SummaryBuilder builder;
  const VirtualOutcome outcome = run_virtually(scenario, {.observer = &builder});
  return {builder.finish(RunFacts()), outcome.digest};
}

TEST(AbortWatch, ARunEndsEarlyAndWholeAndTheSameEachTime) {
  const Scenario scenario =
      read(std::string(failing) +
           R"("thresholds": [{"threshold": "escrows.failed <= 1", "abort": true}])");
  const Counted one = run(scenario);
  ASSERT_TRUE(one.summary.abort);
  EXPECT_EQ(one.summary.abort->threshold, "escrows.failed <= 1");
  EXPECT_EQ(one.summary.escrows.failed, 2u);
  EXPECT_EQ(one.summary.escrows.started, 12u) << "from the eleventh on they fail";
  EXPECT_EQ(one.summary.escrows.unfinished(), 0u);
  const Counted again = run(scenario);
  EXPECT_EQ(again.summary.abort->at, one.summary.abort->at);
  EXPECT_EQ(again.digest, one.digest);
}

TEST(AbortWatch, WithoutItTheRunGoesOn) {
  const Counted counted =
      run(read(std::string(failing) + R"("thresholds": [{"threshold": "escrows.failed <= 1"}])"));
  EXPECT_FALSE(counted.summary.abort);
  EXPECT_EQ(counted.summary.escrows.started, 50u);
}

TEST(AbortWatch, OneThatHoldsChangesNothing) {
  const Counted with =
      run(read(R"("thresholds": [{"threshold": "escrows.failed == 0", "abort": true}])"));
  EXPECT_EQ(with.digest, run(read(R"("thresholds": [])")).digest);
}

}  // namespace
}  // namespace escrowstorm::sim
