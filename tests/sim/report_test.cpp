// What people read: wording, the progress line, the summary table.
#include <gmock/gmock.h>
#include <gtest/gtest.h>

#include <array>
#include <sstream>

#include "sim/report/progress.hpp"
#include "sim/report/summary_table.hpp"
#include "sim/report/wording.hpp"
#include "sim/storm/storm.hpp"

namespace escrowstorm::sim {
namespace {

using namespace std::chrono_literals;
using testing::HasSubstr;
using testing::Not;

TEST(Wording, PrintableKeepsTextAndDisarmsTheRest) {
  EXPECT_EQ(printable("plain é 中 😀"), "plain é 中 😀");
  EXPECT_EQ(printable("a\x1b[2Jb\nc\x7f"), "a?[2Jb?c?");
  EXPECT_EQ(printable("\xc2\x9b"), "?");  // a control character of two bytes
  EXPECT_EQ(printable("\xff\xc3(\xe2\x82"),
            "?"
            "?(?"
            "?");
  EXPECT_EQ(printable("\xc0\xaf\xed\xa0\x80"), "?????");  // overlong, surrogate
  EXPECT_EQ(printable(std::string(300, 'x')), std::string(200, 'x') + "...");
  EXPECT_EQ(printable("ééé", 3), "é...");  // not within a character
}

TEST(Wording, ClosestFindsMisspellings) {
  constexpr std::array<std::string_view, 3> known{"instances", "latency", "cores"};
  EXPECT_EQ(closest("instanzes", known), "instances");
  EXPECT_EQ(closest("core", known), "cores");
  EXPECT_EQ(closest("croes", known), "cores");  // two letters swapped
  EXPECT_EQ(closest("weather", known), std::nullopt);
  EXPECT_EQ(closest("", known), std::nullopt);
  EXPECT_EQ(closest(std::string(100'000, 'x'), known), std::nullopt);
}

TEST(Wording, DurationsHaveThreeDigitsOrSo) {
  EXPECT_EQ(duration_text(0ns), "0.00 ms");
  EXPECT_EQ(duration_text(420us), "0.42 ms");
  EXPECT_EQ(duration_text(9'990us), "9.99 ms");
  EXPECT_EQ(duration_text(9'996us), "10.0 ms");
  EXPECT_EQ(duration_text(99'949us), "99.9 ms");
  EXPECT_EQ(duration_text(99'960us), "100 ms");
  EXPECT_EQ(duration_text(999'499us), "999 ms");
  EXPECT_EQ(duration_text(999'600us), "1.00 s");
  EXPECT_EQ(duration_text(12'345ms), "12.35 s");
  EXPECT_EQ(duration_text(1'234s), "1234 s");
}

ProgressCounts some_counts() {
  ProgressCounts counts;
  counts.planned = 10;
  counts.in_set_up = 3;
  counts.ready = 5;
  counts.completed = 5;
  counts.failed = 1;
  counts.calls = 212;
  counts.call_errors = 2;
  return counts;
}

TEST(ProgressLine, ShowsEverythingWhenThereIsRoom) {
  EXPECT_EQ(progress_line(some_counts(), 12'440ms, 80),
            "12.4 s: 5 of 10 ready, 1 failed, 3 in set-up, 1 waiting, 212 calls, 2 errors");
}

TEST(ProgressLine, LeavesOutWhatDoesNotFit) {
  const std::string whole = progress_line(some_counts(), 12'440ms, 200);
  for (std::size_t width = 0; width < whole.size(); ++width) {
    const std::string line = progress_line(some_counts(), 12'440ms, width);
    EXPECT_LE(line.size(), width);
    EXPECT_TRUE(whole.starts_with(line));
  }
}

Event event_of(EventKind kind, std::string_view phase, bool ok = true) {
  Event event;
  event.kind = kind;
  event.phase = phase;
  event.ok = ok;
  return event;
}

Event of_escrow(EscrowId escrow, EventKind kind, std::string_view phase, bool ok = true) {
  Event event = event_of(kind, phase, ok);
  event.escrow = escrow;
  return event;
}

TEST(ProgressTally, CountsEvents) {
  ProgressTally tally(4);
  for (const EscrowId escrow : {1, 2, 3})
    for (int role = 0; role < 3; ++role) tally.on(of_escrow(escrow, EventKind::lease, "granted"));
  tally.on(event_of(EventKind::rpc, "make"));
  tally.on(event_of(EventKind::rpc, "make", false));
  tally.on(of_escrow(1, EventKind::escrow, "ready"));  // the coordinator's own
  tally.on(of_escrow(1, EventKind::escrow, storm_phase::ended));
  tally.on(of_escrow(2, EventKind::escrow, "failed", false));
  tally.on(of_escrow(2, EventKind::escrow, storm_phase::ended, false));
  EXPECT_EQ(tally.counts().planned, 4u);
  EXPECT_EQ(tally.counts().in_set_up, 1u);
  EXPECT_EQ(tally.counts().ready, 1u);
  EXPECT_EQ(tally.counts().failed, 1u);
  EXPECT_EQ(tally.counts().calls, 2u);
  EXPECT_EQ(tally.counts().call_errors, 1u);
  EXPECT_EQ(progress_line(tally.counts(), 1s, 200),
            "1.0 s: 1 of 4 ready, 1 failed, 1 in set-up, 1 waiting, 2 calls, 1 errors");
}

TEST(ProgressTally, SaysWhoseJourneyGoesOn) {
  ProgressTally tally(2);
  for (const EscrowId escrow : {1, 2}) {
    tally.on(of_escrow(escrow, EventKind::lease, "granted"));
    tally.on(of_escrow(escrow, EventKind::escrow, "ready"));
    tally.on(of_escrow(escrow, EventKind::escrow, storm_phase::set_up));
    tally.on(of_escrow(escrow, EventKind::lease, "granted"));  // for its payout
  }
  tally.on(of_escrow(1, EventKind::escrow, storm_phase::ended));
  EXPECT_EQ(
      progress_line(tally.counts(), 1s, 200),
      "1.0 s: 2 of 2 ready, 1 completed, 0 failed, 0 in set-up, 0 waiting, 0 calls, 0 errors");
}

TEST(ProgressDisplay, OnATerminalOneLineIsWrittenOver) {
  std::ostringstream out;
  {
    ProgressDisplay display(out, ProgressDisplay::Mode::terminal);
    display.show(some_counts(), 1s, 30);
    EXPECT_EQ(out.str(), "\r1.0 s: 5 of 10 ready\x1b[K");
    display.show(some_counts(), 2s, 30);
  }
  EXPECT_EQ(out.str(), "\r1.0 s: 5 of 10 ready\x1b[K\r2.0 s: 5 of 10 ready\x1b[K\r\x1b[K");
}

TEST(ProgressDisplay, ElsewhereAPlainLineEveryFiveSeconds) {
  std::ostringstream out;
  {
    ProgressDisplay display(out, ProgressDisplay::Mode::plain);
    for (Duration t = 0s; t <= 12s; t += 200ms) display.show(some_counts(), t, 10);
  }
  EXPECT_EQ(out.str(),
            "5.0 s: 5 of 10 ready, 1 failed, 3 in set-up, 1 waiting, 212 calls, 2 errors\n"
            "10.0 s: 5 of 10 ready, 1 failed, 3 in set-up, 1 waiting, 212 calls, 2 errors\n");
}

TEST(ProgressDisplay, QuietShowsNothing) {
  std::ostringstream out;
  {
    ProgressDisplay display(out, ProgressDisplay::Mode::none);
    for (Duration t = 0s; t <= 12s; t += 200ms) display.show(some_counts(), t, 80);
  }
  EXPECT_EQ(out.str(), "");
}

Summary some_summary() {
  Summary s;
  s.run = RunFacts{"first", "mock", 1, 10, "00"};
  s.escrows = EscrowCounts{10, 9, 9, 1};
  s.makespan = 14'200ms;
  s.setup = Distribution{9, 6s, 9s, 13s, 14s, 14s};
  s.rpc.push_back(MethodSummary{"create_wallet", 0, Distribution{30, 1s, 1s, 2s, 3s, 3s}});
  s.rpc.push_back(MethodSummary{"store", 2, Distribution{60, 1ms, 2ms, 3ms, 4ms, 5ms}});
  s.thresholds.push_back(ThresholdResult{"escrows.failed == 0", 1, "", false});
  s.thresholds.push_back(ThresholdResult{"setup_ms.p99 < 60s", 14'000, "ms", true});
  s.errors.push_back(ErrorCount{-28, "This wallet is already multisig", 12});
  s.errors.push_back(ErrorCount{0, "refused: connection \x1b[31mrefused", 2});
  s.failures.push_back(ReasonCount{"vendor: make_multisig on instance N: -28", 1});
  return s;
}

TEST(SummaryTable, IsAlignedAndComplete) {
  EXPECT_EQ(summary_table(some_summary(), "ten at once"),
            R"(first on mock, seed 1
ten at once

escrows    9 ready, 1 failed of 10
took       14.20 s
set-up     min 6.00 s   p50 9.00 s   p90 13.00 s*   p99 14.00 s*   max 14.00 s   of 9

call           count  errors      p50      p90       p99      max
create_wallet     30       0   1.00 s   2.00 s   3.00 s*   3.00 s
store             60       2  2.00 ms  3.00 ms  4.00 ms*  5.00 ms
all               90       2
* of too few: p99 of less than 100, p90 of less than 10

threshold             actual  result
escrows.failed == 0        1  MISSED
setup_ms.p99 < 60s   14.00 s    pass

errors of calls
  12 x -28 This wallet is already multisig
   2 x refused: connection ?[31mrefused

failures of escrows
  1 x vendor: make_multisig on instance N: -28

verdict    FAIL
)");
}

TEST(SummaryTable, APercentileOfEnoughIsNotMarked) {
  Summary s = some_summary();
  s.setup.count = 100;
  for (MethodSummary& method : s.rpc) method.took.count = 100;
  const std::string table = summary_table(s, "");
  EXPECT_EQ(table.find('*'), table.npos);
  EXPECT_THAT(table, HasSubstr("max 14.00 s   of 100\n"));
  s.rpc.front().took.count = 99;
  EXPECT_THAT(summary_table(s, ""), HasSubstr("3.00 s*"));
}

TEST(SummaryTable, SaysWhatWasExpected) {
  Summary s = some_summary();
  s.as_expected = true;
  EXPECT_THAT(summary_table(s, ""), HasSubstr("expected   yes"));
  s.as_expected = false;
  s.unexpected = {"exit status 0, expected 3", "no call answered -28"};
  EXPECT_THAT(summary_table(s, ""), HasSubstr("expected   no: exit status 0, expected 3\n"
                                              "           no: no call answered -28\n"));
}

TEST(SummaryTable, OfAnInterruptedRunHasWhatWasMeasured) {
  Summary s;
  s.run = RunFacts{"first", "regtest", 1, 10, "00"};
  s.interrupted = true;
  s.escrows.started = 4;
  const std::string table = summary_table(s, "");
  EXPECT_THAT(table, HasSubstr("seed 1, INTERRUPTED"));
  EXPECT_THAT(table, HasSubstr("0 ready, 0 failed, 4 unfinished of 4 started (10 planned)"));
  EXPECT_THAT(table, HasSubstr("set-up     none became ready"));
  EXPECT_THAT(table, HasSubstr("verdict    FAIL"));
  EXPECT_THAT(table, Not(HasSubstr("threshold")));
}

TEST(SummaryTable, WarnsOfFaultsThatNeverFired) {
  Summary s = some_summary();
  s.faults = {FaultResult{"lost_reply", 3}, FaultResult{"busy", 0}};
  EXPECT_THAT(summary_table(s, ""), HasSubstr("busy        NEVER\n"
                                              "WARNING    1 of 2 faults never fired"));
  s.faults.back().fired = 1;
  EXPECT_THAT(summary_table(s, ""), Not(HasSubstr("WARNING")));
}

TEST(SummaryTable, BoundsTheErrorsItShows) {
  Summary s = some_summary();
  s.errors.assign(25, ErrorCount{-1, "x", 1});
  EXPECT_THAT(summary_table(s, ""), HasSubstr("and 5 other kinds\n"));
}

}  // namespace
}  // namespace escrowstorm::sim
