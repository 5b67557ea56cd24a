// What compare takes from the trace of a single run.
#include <gmock/gmock.h>
#include <gtest/gtest.h>

#include <cmath>
#include <fstream>

#include "base/random.hpp"
#include "sim/compare/estimates.hpp"
#include "sim/compare/trace_divergence.hpp"
#include "sim/compare/trace_lines.hpp"
#include "sim/compare/trace_reader.hpp"
#include "sim/metrics/histogram.hpp"
#include "sim/process/scratch_dir.hpp"
#include "sim/storm/storm.hpp"
#include "sim/trace/trace_writer.hpp"

namespace escrowstorm::sim {
namespace {

namespace fs = std::filesystem;
using namespace std::chrono_literals;
using testing::HasSubstr;

const TraceProgress read_all = [](std::uint64_t) { return true; };

Event traced_call(EscrowId escrow, Duration took, bool ok = true) {
  Event event;
  event.kind = EventKind::rpc;
  event.phase = "make";
  event.method = "make_multisig";
  event.escrow = escrow;
  event.duration = took;
  event.ok = ok;
  return event;
}

Event traced_escrow(std::string_view phase, EscrowId escrow, bool ok = true, Duration took = {}) {
  Event event;
  event.kind = EventKind::escrow;
  event.phase = phase;
  event.escrow = escrow;
  event.ok = ok;
  event.duration = took;
  return event;
}

class TraceOf : public testing::Test {
 protected:
  fs::path file() const { return scratch_.path() / "events.jsonl"; }

  std::string write(const std::vector<Event>& events) {
    TraceWriter writer(file());
    for (const Event& event : events) writer.on(event);
    writer.flush();
    return writer.digest().hex();
  }
  std::string wrong_with(const std::string& digest) const {
    const auto read = read_trace(file(), digest, read_all);
    const auto* wrong = std::get_if<std::string>(&read);
    return wrong == nullptr ? "taken" : *wrong;
  }

  ScratchDir scratch_;
};

TEST_F(TraceOf, ARunIsCountedByItsEscrows) {
  const std::string digest =
      write({traced_escrow(storm_phase::requested, 0), traced_escrow(storm_phase::requested, 1),
             traced_call(0, 5ms), traced_call(1, 7ms, false),
             traced_escrow(storm_phase::ended, 0, true, 20ms),
             traced_escrow(storm_phase::ended, 1, false, 30ms)});
  const auto read = read_trace(file(), digest, read_all);
  const auto& groups = std::get<EscrowGroups>(read).groups();
  EXPECT_EQ(std::get<EscrowGroups>(read).most_at_once(), 2u);
  ASSERT_EQ(groups.size(), 2u);
  EXPECT_EQ(groups[0].completed, 1u);
  EXPECT_EQ(groups[0].setup.count(), 1u);
  EXPECT_NEAR(to_ms(groups[0].setup.counts().begin()->first), 20, 0.08);
  EXPECT_EQ(groups[1].failed, 1u);
  EXPECT_EQ(groups[1].setup.count(), 0u);
  EXPECT_EQ(groups[1].rpc.find("make_multisig")->second.errors, 1u);
}

TEST_F(TraceOf, WhatIsNoTraceIsRefusedWithItsLine) {
  const std::string digest = write({traced_call(0, 1ms), traced_call(0, 2ms)});
  std::ofstream(file(), std::ios::app) << "garbage\n";
  EXPECT_THAT(wrong_with(digest), HasSubstr("events.jsonl:3: is no JSON object"));
  write({traced_call(0, 1ms), traced_call(0, 2ms)});
  fs::resize_file(file(), fs::file_size(file()) - 9);
  EXPECT_THAT(wrong_with(digest), HasSubstr("events.jsonl:2: is not complete: it was cut short"));
  write({traced_call(0, 1ms)});
  EXPECT_THAT(wrong_with(digest), HasSubstr("is not the trace that the summary.json beside it"));
  std::ofstream(file()) << std::string(2 * TraceLines::line_bytes_max, 'x');
  EXPECT_THAT(wrong_with(digest), HasSubstr("events.jsonl:1: longer than 1024 KiB"));
  fs::remove(file());
  EXPECT_THAT(wrong_with(digest), HasSubstr("cannot be read: No such file or directory"));
  fs::create_directory(file());
  EXPECT_THAT(wrong_with(digest), HasSubstr("is no file"));
}

TEST_F(TraceOf, ReadingIsInterrupted) {
  const std::string digest = write({traced_call(0, 1ms)});
  const auto read = read_trace(file(), digest, [](std::uint64_t) { return false; });
  EXPECT_TRUE(std::holds_alternative<TraceInterrupted>(read));
}

TEST(EscrowGroupsOf, AnyNumberOfEscrowsAreBounded) {
  EscrowGroups groups;
  for (EscrowId escrow = 0; escrow < 100'000; ++escrow) {
    EscrowGroup& group = groups.of(escrow);
    ++group.started;
    group.setup.record(Duration(escrow + 1));
  }
  EXPECT_LE(groups.groups().size(), EscrowGroups::groups_max);
  EXPECT_GT(groups.groups().size(), EscrowGroups::groups_max / 2);
  std::uint64_t started = 0;
  TimeCounts setup;
  for (const EscrowGroup& group : groups.groups()) {
    if (&group != &groups.groups().back())
      EXPECT_EQ(group.started, groups.groups().front().started);
    started += group.started;
    setup.merge(group.setup);
  }
  EXPECT_EQ(started, 100'000u);
  EXPECT_EQ(setup.count(), 100'000u);
  EXPECT_LT(setup.counts().size(), 1500u);
  groups.of(UINT64_MAX);
  EXPECT_LE(groups.groups().size(), EscrowGroups::groups_max);
}

// Escrows whose times hang together with those of their neighbours, as those in one queue do.
RunSummary run_with_queue(RandomStream& random, EscrowGroups& groups) {
  constexpr int escrows = 400;
  Histogram all;
  double waiting = 0;
  for (int escrow = 0; escrow < escrows; ++escrow) {
    const double fresh = static_cast<double>(random.below(1'000'000)) / 1e6 - 0.5;
    waiting = 0.6 * waiting + fresh;
    const Duration took = 1s + std::chrono::microseconds(std::lround(waiting * 100'000));
    EscrowGroup& group = groups.of(static_cast<EscrowId>(escrow));
    ++group.started;
    group.setup.record(took);
    all.record(took);
  }
  RunSummary run;
  run.metrics = {{"setup_ms.p50", to_ms(all.percentile(50))},
                 {"setup_ms.p90", to_ms(all.percentile(90))}};
  return run;
}

// Groups of neighbours hold what single escrows would not: their waits are not independent.
TEST(TraceIntervals, HoldForEscrowsThatQueueTogether) {
  constexpr int pairs = 150;
  RandomStream random = Random(3).stream("queue");
  int holds = 0;
  for (int i = 0; i < pairs; ++i) {
    EscrowGroups of_a;
    EscrowGroups of_b;
    const RunSummary a = run_with_queue(random, of_a);
    const RunSummary b = run_with_queue(random, of_b);
    const Estimate in_a = estimates_of_run(a, of_a, "A").at("setup_ms.p50").estimate;
    const Estimate in_b = estimates_of_run(b, of_b, "B").at("setup_ms.p50").estimate;
    const MetricDifference difference = difference_of(in_a, in_b);
    holds += difference.low <= 0 && difference.high >= 0 ? 1 : 0;
  }
  EXPECT_GE(holds / double{pairs}, 0.95 - 0.06);
}

TEST(TraceIntervals, AreOnlyStatedOfEnough) {
  RandomStream random(1);
  EscrowGroups groups;
  RunSummary run = run_with_queue(random, groups);
  run.metrics.emplace_back("setup_ms.p99", 1300);
  run.metrics.emplace_back("makespan_ms", 9000);
  const SideMetrics metrics = estimates_of_run(run, groups, "A");
  EXPECT_EQ(metrics.at("setup_ms.p90").sureness, Sureness::known);
  EXPECT_EQ(metrics.at("setup_ms.p99").sureness, Sureness::too_few);  // four of 400 beyond it
  EXPECT_EQ(metrics.at("makespan_ms").sureness, Sureness::one_run);
}

// The times of a hundred escrows that all began at once go up and down together.
TEST(TraceIntervals, AreNotStatedOfOneBurst) {
  RandomStream random(1);
  EscrowGroups groups;
  const RunSummary run = run_with_queue(random, groups);
  for (int i = 0; i < 40; ++i) groups.began();
  EXPECT_EQ(estimates_of_run(run, groups, "A").at("setup_ms.p50").sureness, Sureness::known);
  groups.began();  // ten turns of 41 are more than the 400 that there were
  EXPECT_EQ(estimates_of_run(run, groups, "A").at("setup_ms.p50").sureness, Sureness::at_once);
}

TEST_F(TraceOf, TwoRunsDivergeAtTheFirstEventThatDiffers) {
  const fs::path other = scratch_.path() / "other.jsonl";
  write({traced_call(0, 1ms), traced_call(0, 2ms), traced_call(0, 3ms)});
  fs::rename(file(), other);
  write({traced_call(0, 1ms), traced_call(0, 4ms)});
  const auto found = std::get<Divergence>(first_divergence(file(), other, read_all));
  ASSERT_TRUE(found);
  EXPECT_EQ(found->seq, 1u);
  EXPECT_THAT(found->first, HasSubstr("\"duration_ms\":4"));
  EXPECT_THAT(found->second, HasSubstr("\"duration_ms\":2"));
  write({traced_call(0, 1ms), traced_call(0, 2ms)});
  const auto shorter = std::get<Divergence>(first_divergence(file(), other, read_all));
  ASSERT_TRUE(shorter);
  EXPECT_EQ(shorter->seq, 2u);
  EXPECT_EQ(shorter->first, "");
  EXPECT_FALSE(std::get<Divergence>(first_divergence(other, other, read_all)));
}

}  // namespace
}  // namespace escrowstorm::sim
