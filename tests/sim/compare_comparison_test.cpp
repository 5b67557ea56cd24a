// What is more than noise, what is worse than allowed, and what can't be told.
#include <gmock/gmock.h>
#include <gtest/gtest.h>

#include "sim/compare/comparison.hpp"

namespace escrowstorm::sim {
namespace {

using testing::ElementsAre;
using testing::HasSubstr;
using testing::IsEmpty;

using Metrics = std::vector<std::pair<std::string, double>>;

RunSummary compared_run(std::uint64_t seed, Metrics metrics) {
  RunSummary run;
  run.scenario = "first";
  run.world = "virtual";
  run.seed = seed;
  run.digest = std::to_string(seed);
  run.metrics = std::move(metrics);
  return run;
}

// Runs in which one metric has these values.
RunSet runs_with(const std::string& metric, const std::vector<double>& values) {
  RunSet set;
  for (std::size_t i = 0; i < values.size(); ++i)
    set.runs.push_back(compared_run(i, {{metric, values[i]}}));
  return set;
}

Comparison compared_sets(const RunSet& a, const RunSet& b,
                         const std::vector<std::string>& allowed = {}) {
  return compare(a, b, Resampled::runs, estimates_of_runs(a, "A"), estimates_of_runs(b, "B"),
                 std::get<Allowances>(Allowances::parse(allowed)));
}

ComparedMetric compared_metric(const std::string& metric, const std::vector<double>& a,
                               const std::vector<double>& b,
                               const std::vector<std::string>& allowed = {}) {
  return compared_sets(runs_with(metric, a), runs_with(metric, b), allowed).metrics.at(0);
}

const std::vector<double> about_100{98, 99, 100, 101, 102};
const std::vector<double> about_103{101, 102, 103, 104, 105};
const std::vector<double> about_150{148, 149, 150, 151, 152};

TEST(Comparison, TimesAreWorseWhenTheyAreLonger) {
  const ComparedMetric slower = compared_metric("setup_ms.p50", about_100, about_150);
  EXPECT_TRUE(slower.more_than_noise);
  EXPECT_TRUE(slower.is_worse);
  EXPECT_EQ(slower.percent(), 50);
  EXPECT_NEAR(slower.difference->low, 47.7, 0.2);
  EXPECT_NEAR(slower.difference->high, 52.3, 0.2);
  const ComparedMetric faster = compared_metric("setup_ms.p50", about_150, about_100);
  EXPECT_TRUE(faster.more_than_noise);
  EXPECT_FALSE(faster.is_worse);
}

TEST(Comparison, CompletedEscrowsAreWorseWhenTheyAreFewer) {
  EXPECT_TRUE(compared_metric("escrows.completed", about_150, about_100).is_worse);
  EXPECT_FALSE(compared_metric("escrows.completed", about_100, about_150).is_worse);
  EXPECT_TRUE(compared_metric("rpc.make_multisig.errors", about_100, about_150).is_worse);
}

TEST(Comparison, TheLoadIsNeitherBetterNorWorse) {
  const ComparedMetric calls = compared_metric("rpc.make_multisig.count", about_100, about_150);
  EXPECT_TRUE(calls.more_than_noise);
  EXPECT_FALSE(calls.is_worse);
}

TEST(Comparison, NoiseIsNotWorse) {
  const ComparedMetric same =
      compared_metric("setup_ms.p50", {90, 95, 100, 105, 110}, {92, 97, 103, 108, 113});
  EXPECT_TRUE(same.is_known());
  EXPECT_FALSE(same.more_than_noise);
  EXPECT_FALSE(same.is_worse);
}

TEST(Comparison, WhatIsAllowedIsOfThatMetricOrItsSectionOrAll) {
  const auto is_worse = [](const std::vector<std::string>& allowed) {
    return compared_metric("setup_ms.p50", about_100, about_103, allowed).is_worse;
  };
  EXPECT_FALSE(is_worse({}));
  EXPECT_TRUE(is_worse({"0"}));
  EXPECT_TRUE(is_worse({"2.9%"}));
  EXPECT_FALSE(is_worse({"0", "setup_ms=4"}));
  EXPECT_TRUE(is_worse({"50", "setup_ms=4", "setup_ms.p50=1"}));
  EXPECT_TRUE(is_worse({"0", "rpc=50"}));
}

TEST(Comparison, WhatIsAllowedIsCheckedAgainstTheMetricsThatThereAre) {
  const auto allowances = std::get<Allowances>(Allowances::parse({"setup_ms.p51=3"}));
  EXPECT_THAT(allowances.unknown_among({"setup_ms.p50", "makespan_ms"}).value_or(""),
              HasSubstr("did you mean \"setup_ms.p50\"?"));
  for (const std::string text : {"", "five", "-1", "nan", "inf", "1e9", "=5", "setup_ms=", "5%%"})
    EXPECT_TRUE(std::holds_alternative<std::string>(Allowances::parse({text}))) << text;
}

TEST(Comparison, NewViolationsAndUnfinishedEscrowsAreAlwaysWorse) {
  for (const std::string metric : {"invariants.own_wallet_only", "escrows.unfinished"}) {
    const std::vector<std::string> anything{"1000000"};
    EXPECT_TRUE(compared_metric(metric, {0, 0, 0, 0, 0}, {0, 0, 0, 0, 1}, anything).is_worse);
    EXPECT_TRUE(compared_metric(metric, {0}, {1}, anything).is_worse);
    EXPECT_FALSE(compared_metric(metric, {0, 0, 1, 0, 0}, {0, 0, 0, 0, 1}).is_worse);
    EXPECT_FALSE(compared_metric(metric, {1}, {0}).is_worse);
  }
  EXPECT_FALSE(compared_metric("escrows.failed", {0, 0, 0, 0, 0}, {0, 0, 0, 0, 1}).is_worse);
}

TEST(Comparison, OfOneRunOrFewNothingIsPretended) {
  const ComparedMetric one = compared_metric("makespan_ms", {100}, {900});
  EXPECT_FALSE(one.is_known());
  EXPECT_EQ(one.sureness, Sureness::one_run);
  EXPECT_FALSE(one.is_worse);
  const ComparedMetric few = compared_metric("makespan_ms", {1, 2, 3, 4}, about_100);
  EXPECT_FALSE(few.is_known());
  EXPECT_EQ(few.sureness, Sureness::too_few);
}

TEST(Comparison, AMethodThatSomeRunsNeverCalledWasCalledNoTimesThere) {
  RunSet a = runs_with("rpc.store.count", {10, 10, 10, 10});
  a.runs.push_back(compared_run(9, {{"makespan_ms", 1}}));
  const Comparison comparison = compared_sets(a, a);
  EXPECT_EQ(comparison.metrics.at(0).a, 8);
  EXPECT_EQ(comparison.metrics.at(1).a, 1);
}

TEST(Comparison, SaysWhichErrorsAreNewAndWhichGone) {
  RunSet a = runs_with("makespan_ms", {1});
  RunSet b = a;
  a.runs[0].errors = {{"-28 already multisig", 3}, {"reset", 1}};
  b.runs[0].errors = {{"reset", 9}};
  b.runs[0].failures = {{"buyer: deadline", 2}};
  b.runs[0].missed = {"setup_ms.p99 < 1s"};
  const Comparison comparison = compared_sets(a, b);
  ASSERT_EQ(comparison.gone_texts.size(), 1u);
  EXPECT_EQ(comparison.gone_texts[0].text, "-28 already multisig");
  EXPECT_EQ(comparison.gone_texts[0].count, 3u);
  ASSERT_EQ(comparison.new_texts.size(), 2u);
  EXPECT_EQ(comparison.new_texts[0].what, "failure of escrows");
  EXPECT_EQ(comparison.new_texts[1].what, "missed threshold");
}

TEST(Comparison, SaysWhatIsNotLikeForLike) {
  const RunSet a = runs_with("escrows.planned", {10});
  EXPECT_THAT(compared_sets(a, a).unlike, IsEmpty());
  EXPECT_TRUE(compared_sets(a, a).is_identical);
  RunSet b = runs_with("escrows.planned", {20});
  b.runs[0].scenario = "hundred";
  b.runs[0].world = "mock";
  b.runs[0].digest = "other";
  const Comparison comparison = compared_sets(a, b);
  EXPECT_THAT(comparison.unlike,
              ElementsAre("scenarios: first and hundred", "worlds: virtual and mock",
                          "escrows planned: 10 and 20"));
  EXPECT_FALSE(comparison.is_identical);
}

}  // namespace
}  // namespace escrowstorm::sim
