// METRIC OP VALUE: parsing with its errors, and holding it against a summary.
#include <gtest/gtest.h>

#include <array>
#include <nlohmann/json.hpp>
#include <variant>

#include "sim/thresholds/gauges.hpp"
#include "sim/thresholds/threshold.hpp"
#include "tests/sim/noted_reader.hpp"
#include "tests/support/mutation.hpp"

namespace escrowstorm::sim {
namespace {

std::string error_of(std::string_view text) {
  read_noted(nlohmann::json{{"name", "a"}, {"thresholds", {text}}}.dump());
  auto parsed = Threshold::parse(text);
  const auto* error = std::get_if<std::string>(&parsed);
  return error ? *error : "none";
}

Threshold parsed(std::string_view text) {
  auto result = Threshold::parse(text);
  EXPECT_TRUE(std::holds_alternative<Threshold>(result)) << text << ": " << error_of(text);
  return std::get<Threshold>(std::move(result));
}

nlohmann::ordered_json summary() {
  return nlohmann::ordered_json::parse(R"({
    "escrows": {"started": 200, "ready": 197, "failed": 3, "unfinished": 0},
    "makespan_ms": 90000, "setup_ms": {"count": 0, "p99": null},
    "rpc": {"store": {"count": 400, "errors": 2, "p50": 2.5}}})");
}

ThresholdResult result_of(std::string_view text) { return evaluate(parsed(text), summary()); }

TEST(Threshold, ReadsUnitsIntoMilliseconds) {
  EXPECT_EQ(parsed("setup_ms.p99 < 60s").value, 60'000);
  EXPECT_EQ(parsed("setup_ms.p99<250ms").value, 250);
  EXPECT_EQ(parsed("  makespan_ms >= 1.5 min ").value, 90'000);
  EXPECT_EQ(parsed("makespan_ms <= 1h").value, 3'600'000);
  EXPECT_EQ(parsed("rpc.store.p50 != 500us").value, 0.5);
  EXPECT_EQ(parsed("setup_ms.p99 < 42").value, 42);
  EXPECT_EQ(parsed("escrows.failed == 0").value, 0);
  EXPECT_EQ(parsed("  escrows.failed == 0 ").text, "escrows.failed == 0");
}

TEST(Threshold, ComparesWithEveryOperator) {
  EXPECT_TRUE(result_of("escrows.failed < 4").pass);
  EXPECT_FALSE(result_of("escrows.failed < 3").pass);
  EXPECT_TRUE(result_of("escrows.failed <= 3").pass);
  EXPECT_FALSE(result_of("escrows.failed <= 2").pass);
  EXPECT_TRUE(result_of("escrows.failed == 3").pass);
  EXPECT_FALSE(result_of("escrows.failed == 0").pass);
  EXPECT_TRUE(result_of("escrows.failed != 0").pass);
  EXPECT_FALSE(result_of("escrows.failed != 3").pass);
  EXPECT_TRUE(result_of("escrows.failed >= 3").pass);
  EXPECT_FALSE(result_of("escrows.failed >= 4").pass);
  EXPECT_TRUE(result_of("escrows.failed > 2").pass);
  EXPECT_FALSE(result_of("escrows.failed > 3").pass);
}

TEST(Threshold, ComparesDurations) {
  EXPECT_TRUE(result_of("makespan_ms <= 90s").pass);
  EXPECT_FALSE(result_of("makespan_ms < 1.5min").pass);
  EXPECT_TRUE(result_of("rpc.store.p50 == 2500us").pass);
}

TEST(Threshold, APercentageIsOfTheWholeTheCountBelongsTo) {
  const auto failed = result_of("escrows.failed <= 1%");
  EXPECT_FALSE(failed.pass);
  EXPECT_EQ(failed.actual, 1.5);
  EXPECT_EQ(actual_text(failed), "1.50 %");
  EXPECT_TRUE(result_of("rpc.store.errors <= 0.5%").pass);
}

TEST(Threshold, AMissingMetricFails) {
  for (const char* text : {"setup_ms.p99 < 60s", "rpc.open_wallet.count == 0",
                           "rpc.open_wallet.errors <= 1%", "setup_ms.min >= 0"}) {
    const auto result = result_of(text);
    EXPECT_FALSE(result.pass) << text;
    EXPECT_FALSE(result.actual) << text;
    EXPECT_EQ(actual_text(result), "none");
  }
}

TEST(Threshold, ActualIsShownInItsUnit) {
  EXPECT_EQ(actual_text(result_of("escrows.failed == 0")), "3");
  EXPECT_EQ(actual_text(result_of("makespan_ms < 60s")), "90.00 s");
}

TEST(Threshold, SaysWhatIsWrong) {
  const std::string operators = "(one of < <= == != >= >)";
  EXPECT_EQ(error_of(""), "is empty, expected METRIC OP VALUE");
  EXPECT_EQ(error_of("  "), "is empty, expected METRIC OP VALUE");
  EXPECT_EQ(error_of("escrows.failed"), "has no operator " + operators);
  EXPECT_EQ(error_of("escrows.failed = 0"), "has an unknown operator: \"=\" " + operators);
  EXPECT_EQ(error_of("escrows.failed =< 0"), "has an unknown operator: \"=<\" " + operators);
  EXPECT_EQ(error_of("< 5"), "has no metric before the operator");
  EXPECT_EQ(error_of("escrows.failed <"), "has no value after the operator");
  EXPECT_EQ(error_of("escrows.failed < few"), "has a value that is no number: \"few\"");
  EXPECT_EQ(error_of("escrows.failed < nan"), "has a value that is no number: \"nan\"");
  EXPECT_EQ(error_of("escrows.failed < inf"), "has a value that is no number: \"inf\"");
  EXPECT_EQ(error_of("setup_ms.p99 < 60sec"),
            "has an unknown unit: \"sec\" (one of ns us ms s min h %)");
  EXPECT_EQ(error_of("escrows.failed < 5s"), "has a duration, but escrows.failed is a count");
  EXPECT_EQ(error_of("setup_ms.p99 < 5%"),
            "has a percentage, but setup_ms.p99 is part of no whole");
  EXPECT_EQ(error_of("setup_ms.p95 < 5s"),
            "names no metric of summary.json: \"setup_ms.p95\", did you mean \"setup_ms.p90\"?");
  EXPECT_EQ(error_of("rpc.open_walet.p99 < 5s"),
            "names no metric of summary.json: \"rpc.open_walet.p99\", did you mean "
            "\"rpc.open_wallet.p99\"?");
  EXPECT_EQ(error_of("weather > 3"),
            "names no metric of summary.json: \"weather\", expected one such as "
            "\"escrows.failed\", \"setup_ms.p99\" or \"rpc.open_wallet.p90\"");
}

TEST(Threshold, ASelectionIsPartOfTheMetricsName) {
  EXPECT_EQ(parsed("rpc.store.p99 < 2s until 5m from 120s").metric.name(),
            "rpc.store.p99 from 2m until 5m");
  EXPECT_EQ(parsed("rpc.store.p99 < 1.5 min phase make role buyer").metric.name(),
            "rpc.store.p99 role buyer phase make");
  const Threshold ratio = parsed("escrows.failed/escrows.started<1% from 1s");
  EXPECT_EQ(ratio.metric.name(), "escrows.failed from 1s");
  EXPECT_EQ(ratio.metric.name_of_whole(), "escrows.started from 1s");
  EXPECT_EQ(ratio.value, 1);
  EXPECT_EQ(parsed("escrows.failed / escrows.started < 0.05").value, 5);
}

TEST(Threshold, SaysWhatIsWrongWithASelection) {
  EXPECT_EQ(error_of("rpc.store.p99 < 2s role byuer"),
            "names no role: \"byuer\", did you mean \"buyer\"?");
  EXPECT_EQ(error_of("rpc.store.p99 < 2s phase mkae"),
            "names no phase of calls: \"mkae\", did you mean \"make\"?");
  EXPECT_EQ(error_of("rpc.store.p99 < 2s from"), "has nothing behind \"from\"");
  EXPECT_EQ(error_of("rpc.store.p99 < 2s from 1m from 2m"), "has \"from\" twice");
  EXPECT_EQ(error_of("rpc.store.p99 < 2s from 1m to 2m"),
            "has \"to\" where one of role, phase, from or until was expected");
  EXPECT_EQ(error_of("rpc.store.p99 < 2s from 2m until 1m"),
            "ends before it begins: \"until\" is to be later than \"from\"");
  EXPECT_EQ(error_of("rpc.store.p99 < from 2m"), "has no value after the operator");
  EXPECT_EQ(error_of("makespan_ms < 2s from 2m"),
            "has a selection, but makespan_ms is of the whole run only");
  EXPECT_EQ(error_of("escrows.failed < 2 role buyer"),
            "has a role or a phase, but escrows.failed is of escrows, not of calls");
  EXPECT_NE(error_of("rpc.store.p99 < 2s from soon").find("has a wrong \"from\": expected"),
            std::string::npos);
}

TEST(Threshold, SaysWhatIsWrongWithARatio) {
  EXPECT_EQ(error_of("escrows.failed / setup_ms.p99 < 1"),
            "divides escrows.failed by setup_ms.p99: one of them is a count, the other a time");
  EXPECT_EQ(error_of("escrows.failed / escrows.stared < 1%"),
            "names no metric of summary.json: \"escrows.stared\", did you mean "
            "\"escrows.started\"?");
  EXPECT_EQ(error_of("rpc.store.max / rpc.store.min < 5s"),
            "has a duration, but a ratio has no unit");
}

TEST(Threshold, AnyTextIsAnswered) {
  const std::array<std::string, 3> corpus{
      "escrows.failed <= 1.5%", "rpc.store.p99 < 60s",
      "rpc.store.errors / rpc.store.count < 1% role buyer phase "
      "make from 2m until 5m"};
  constexpr std::array<std::string_view, 10> tokens{"<", "=", "!",  "e308", "%",
                                                    "-", ".", "ms", "/",    " until "};
  test::Mutator mutator(corpus, tokens, 3);
  for (int i = 0; i < 20'000; ++i) {
    const std::string text = mutator.next();
    const auto read = Threshold::parse(text);
    if (const auto* error = std::get_if<std::string>(&read)) {
      ASSERT_EQ(error->find('\n'), error->npos);
    } else {
      const Threshold& threshold = std::get<Threshold>(read);
      Scenario scenario;
      scenario.thresholds.push_back(threshold);
      nlohmann::ordered_json measured = summary();
      Gauges(scenario).add_to(measured);
      evaluate(threshold, measured);
    }
  }
}

}  // namespace
}  // namespace escrowstorm::sim
