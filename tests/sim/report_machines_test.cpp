// Reports for machines: junit.xml and annotations. Nothing from outside gets out of its place.
#include <gmock/gmock.h>
#include <gtest/gtest.h>

#include <algorithm>

#include "sim/report/annotations.hpp"
#include "sim/report/junit.hpp"

namespace escrowstorm::sim {
namespace {

using testing::HasSubstr;
using testing::Not;

Summary measured() {
  Summary summary;
  summary.run.scenario = "a";
  summary.run.world = "mock";
  summary.escrows.started = 5;
  summary.escrows.completed = 5;
  summary.makespan = std::chrono::milliseconds(1500);
  summary.thresholds.push_back({"setup_ms.p99 < 60s", 1500.0, "ms", true});
  summary.invariants.push_back({"leased_once", 0});
  return summary;
}

TEST(Junit, ACaseForEachThatHolds) {
  EXPECT_EQ(
      junit_xml(measured()),
      "<?xml version=\"1.0\" encoding=\"UTF-8\"?>\n"
      "<testsuite name=\"escrowstorm.a.mock\" tests=\"3\" failures=\"0\" errors=\"0\" "
      "time=\"1.500\">\n"
      "  <testcase classname=\"escrowstorm.a.mock.threshold\" name=\"setup_ms.p99 &lt; 60s\"/>\n"
      "  <testcase classname=\"escrowstorm.a.mock.invariant\" name=\"leased_once\"/>\n"
      "  <testcase classname=\"escrowstorm.a.mock.escrows\" name=\"every escrow ends\"/>\n"
      "</testsuite>\n");
}

TEST(Junit, WhichThresholdEndedTheRunEarlyAndWhen) {
  Summary summary = measured();
  summary.thresholds.push_back({"escrows.failed == 0", 1, "", false});
  summary.abort = Abort{"escrows.failed == 0", TimePoint(std::chrono::milliseconds(2500))};
  EXPECT_THAT(junit_xml(summary), HasSubstr("<failure message=\"missed: it is 1; the run ended "
                                            "early for it, after 2.50 s\"/>"));
}

Summary failed() {
  Summary summary = measured();
  summary.thresholds.front().pass = false;
  summary.invariants.front().violations = 2;
  summary.escrows.completed = 3;
  summary.interrupted = true;
  summary.as_expected = false;
  summary.unexpected = {"exit status 4, expected 0", "no call answered -1 \"<a&b>\x1b\""};
  return summary;
}

TEST(Junit, AFailureForEachThatDoesNot) {
  const std::string xml = junit_xml(failed());
  EXPECT_THAT(xml, HasSubstr("tests=\"5\" failures=\"5\""));
  EXPECT_THAT(xml, HasSubstr("<failure message=\"missed: it is 1.50 s\"/>"));
  EXPECT_THAT(xml, HasSubstr("<failure message=\"violated 2 times\"/>"));
  EXPECT_THAT(xml, HasSubstr("<failure message=\"2 of 5 never ended\"/>"));
  EXPECT_THAT(xml, HasSubstr("<failure message=\"interrupted\"/>"));
  EXPECT_THAT(xml, HasSubstr("exit status 4, expected 0; no call answered -1 "
                             "&quot;&lt;a&amp;b&gt;?&quot;"));
}

TEST(Annotations, NoneWhereAllHolds) { EXPECT_EQ(github_annotations(measured(), "x.json"), ""); }

TEST(Annotations, ALineForEachThatFailed) {
  const std::string lines = github_annotations(failed(), "a:b,c%\n.json");
  EXPECT_THAT(lines, HasSubstr("::error file=a%3Ab%2Cc%25?.json,title=a on mock::threshold: "
                               "setup_ms.p99 < 60s: missed: it is 1.50 s\n"));
  EXPECT_THAT(lines, HasSubstr("::invariant: leased_once: violated 2 times\n"));
  EXPECT_THAT(lines, Not(HasSubstr("\x1b")));
  EXPECT_EQ(std::count(lines.begin(), lines.end(), '\n'), 5);
}

TEST(Annotations, ATextIsNoCommand) {
  Summary summary = measured();
  summary.thresholds.front() = {"x\n::stop-commands::y % z", std::nullopt, "", false};
  const std::string lines = github_annotations(summary, "x.json");
  EXPECT_EQ(std::count(lines.begin(), lines.end(), '\n'), 1);
  EXPECT_THAT(lines, HasSubstr("%25 z"));
}

}  // namespace
}  // namespace escrowstorm::sim
