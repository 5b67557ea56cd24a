// The verdicts on waits, in the virtual world.
#include <gmock/gmock.h>
#include <gtest/gtest.h>

#include "sim/ablate/ablation.hpp"
#include "sim/explore/virtual_run.hpp"
#include "sim/scenario/reader.hpp"

namespace escrowstorm::sim {
namespace {

using namespace std::chrono_literals;

const AblationProgress on = [](const std::string&, std::uint64_t) { return true; };

Scenario history(const std::string& name) {
  return std::get<Scenario>(
      load_scenario(ESCROWSTORM_SOURCE_DIR "/scenarios/history/" + name + ".json"));
}

AblationOptions of_runs(std::uint64_t runs) {
  AblationOptions options;
  options.runs = runs;
  return options;
}

const WaitFinding& finding(const Ablation& ablation, std::string_view wait) {
  const auto at = std::find_if(ablation.waits.begin(), ablation.waits.end(),
                               [&](const WaitFinding& one) { return one.wait->name == wait; });
  if (at == ablation.waits.end()) throw std::runtime_error("no such wait");
  return *at;
}

// The median time that an escrow's set-up takes when it has the instances to itself.
Duration one_set_up(Scenario scenario) {
  for (const WaitKind& wait : wait_kinds()) scenario = with_wait(std::move(scenario), wait, {});
  scenario.storm.escrows = 1;
  return try_out(scenario, {1, 20, 1, false}, [](std::uint64_t) { return true; }).setup;
}

TEST(Ablate, TheWaitsOfNote004AreUselessOnSharedInstances) {
  const Ablation ablation = ablate(history("004-waits"), of_runs(20), on);
  EXPECT_EQ(ablation.as_is.rate.failures, 20u);
  ASSERT_EQ(ablation.waits.size(), 1u);
  const WaitFinding& wait = finding(ablation, "wait_after_make");
  EXPECT_EQ(wait.verdict, Removal::useless);
  EXPECT_TRUE(wait.without.failure->is_invariant);
  EXPECT_THAT(wait.without.failure->cause, testing::AnyOf("leased_once", "own_wallet_only"));
}

TEST(Ablate, TheStaggerOfNote003NeedsAboutOneSetUp) {
  const Scenario scenario = history("003-stagger-and-purge");
  const Ablation ablation = ablate(scenario, of_runs(20), on);
  EXPECT_TRUE(ablation.as_is.holds());
  const WaitFinding& stagger = finding(ablation, "stagger_between_escrows");
  EXPECT_EQ(stagger.verdict, Removal::unsafe);
  const Duration set_up = one_set_up(scenario);
  EXPECT_GE(stagger.holds, set_up);
  EXPECT_LE(stagger.holds, 3 * set_up);
  EXPECT_LT(stagger.fails, stagger.holds);
  EXPECT_EQ(finding(ablation, "purge_wait").verdict, Removal::safe);
  EXPECT_FALSE(ablation.with_none->holds());
  EXPECT_TRUE(ablation.with_least->holds());
  EXPECT_LT(ablation.with_least->makespan, ablation.as_is.makespan);
}

TEST(Ablate, OnExclusiveInstancesEveryWaitIsSafeToRemove) {
  Scenario scenario = history("004-waits");
  scenario.coordinator.slots = "exclusive_lease";
  scenario.coordinator.waits.stagger_between_escrows = 25s;
  scenario.coordinator.waits.purge_wait = 10s;
  const Ablation ablation = ablate(scenario, of_runs(20), on);
  ASSERT_EQ(ablation.waits.size(), 3u);
  for (const WaitFinding& wait : ablation.waits) EXPECT_EQ(wait.verdict, Removal::safe);
  EXPECT_TRUE(ablation.with_none->holds());
}

TEST(Ablate, APurgeWaitMustOutlastThePollution) {
  const Scenario scenario = std::get<Scenario>(parse_scenario(R"({"name": "polluted",
      "fleet": {"instances": 3, "latency": "none"},
      "coordinator": {"purge_wait": "10s", "setup_attempts": 1},
      "storm": {"escrows": 2, "concurrency": 1},
      "faults": [{"fault": "cache_pollution", "lasts": "6s"}]})",
                                                              "test.json"));
  const Ablation ablation = ablate(scenario, of_runs(10), on);
  const WaitFinding& purge = finding(ablation, "purge_wait");
  EXPECT_EQ(purge.verdict, Removal::unsafe);
  EXPECT_FALSE(purge.failure.is_invariant);
  EXPECT_THAT(purge.failure.cause, testing::HasSubstr("multisig"));
  EXPECT_TRUE(ablation.with_least->holds());  // also where there is only one
  EXPECT_FALSE(ablation.with_none);
  EXPECT_GE(purge.holds, 6s - purge.as_is / 20);
  EXPECT_LE(purge.holds, 6s + purge.as_is / 20);
}

TEST(Ablate, WhatFailedFailsAgainWithItsSeed) {
  const Scenario scenario = history("003-stagger-and-purge");
  const Ablation ablation = ablate(scenario, of_runs(20), on);
  const WaitFinding& stagger = finding(ablation, "stagger_between_escrows");
  const Scenario failing =
      seeded(with_wait(scenario, *stagger.wait, stagger.fails), stagger.failure.seed);
  EXPECT_EQ(result_of(run_virtually(failing), failing.seed).failure, stagger.failure);
}

TEST(Ablate, AnAblationThatIsStoppedKnowsWhatItKnewAndSaysSo) {
  int asked = 0;
  const Ablation ablation = ablate(history("003-stagger-and-purge"), of_runs(1'000'000),
                                   [&](const std::string&, std::uint64_t) { return ++asked < 2; });
  EXPECT_TRUE(ablation.cut_short);
  EXPECT_TRUE(ablation.waits.empty());
}

}  // namespace
}  // namespace escrowstorm::sim
