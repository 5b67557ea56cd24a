// Whether another world agrees: what is run there, and what is made of it. No world is needed.
#include <gmock/gmock.h>
#include <gtest/gtest.h>

#include <nlohmann/json.hpp>

#include "sim/ablate/confirmation.hpp"
#include "sim/report/confirmation_text.hpp"
#include "sim/scenario/reader.hpp"

namespace escrowstorm::sim {
namespace {

using namespace std::chrono_literals;
using testing::ElementsAre;
using testing::HasSubstr;

Scenario with_stagger() {
  return std::get<Scenario>(
      parse_scenario(R"({"name": "x", "coordinator": {"stagger_between_escrows": "25s"}})", "x"));
}

RunResult good_run() { return {.setup = 2s, .makespan = 5s, .failure = {}, .broken = {}}; }

RunResult failed_run(std::uint64_t seed) {
  return {.setup = {}, .makespan = 3s, .failure = TrialFailure{seed, "-48", false}, .broken = {}};
}

Confirmation confirm_in_mock(const std::vector<Variant>& variants, std::uint64_t runs,
                             const RunOnce& run) {
  return confirm(variants, {"mock", 7, runs}, run, [] { return true; });
}

std::vector<std::string> names_in(const std::vector<Variant>& variants) {
  std::vector<std::string> names;
  for (const Variant& variant : variants) names.push_back(variant.name);
  return names;
}

TEST(Confirmation, RunsEachVariantInThatWorldUnderItsSeeds) {
  std::vector<std::string> ran;
  const auto run = [&](const Scenario& scenario, const std::string& what) {
    ran.push_back(what + " " + scenario.world + " " + std::to_string(scenario.seed));
    return std::optional(good_run());
  };
  const Confirmation confirmation = confirm_in_mock({{"as it is", with_stagger(), true}}, 2, run);
  EXPECT_THAT(ran, ElementsAre("as it is mock 7", "as it is mock 8"));
  EXPECT_TRUE(confirmation.agrees());
  EXPECT_EQ(confirmation.variants.at(0).seen.setup, 2s);
}

TEST(Confirmation, WhatFailsThereAndShouldHoldIsNoAgreement) {
  int runs = 0;
  const Confirmation confirmation = confirm_in_mock(
      {{"as it is", with_stagger(), true}}, 5, [&](const Scenario& scenario, const std::string&) {
        ++runs;
        return std::optional(failed_run(scenario.seed));
      });
  EXPECT_EQ(runs, 1);  // one failure is enough
  EXPECT_FALSE(confirmation.agrees());
  EXPECT_THAT(confirmation_table(confirmation),
              testing::AllOf(HasSubstr("fails: -48 at seed 7"),
                             HasSubstr("DIFFERS: holds in the virtual world"),
                             HasSubstr("does not agree on 1 of 1")));
}

TEST(Confirmation, WhatShouldFailMayTakeSeveralRunsToDoSo) {
  const auto fails_at_8 = [](const Scenario& scenario, const std::string&) {
    return std::optional(scenario.seed == 8 ? failed_run(8) : good_run());
  };
  const std::vector<Variant> failing{{"without it", with_stagger(), false}};
  const Confirmation once = confirm_in_mock(failing, 1, fails_at_8);
  EXPECT_FALSE(once.agrees());
  EXPECT_THAT(confirmation_table(once), HasSubstr("not seen to fail"));
  EXPECT_TRUE(confirm_in_mock(failing, 2, fails_at_8).agrees());
}

TEST(Confirmation, WhatIsInterruptedIsNotKnown) {
  const std::vector<Variant> two{{"a", with_stagger(), true}, {"b", with_stagger(), true}};
  const Confirmation interrupted =
      confirm_in_mock(two, 1, [](const Scenario&, const std::string&) { return std::nullopt; });
  EXPECT_TRUE(interrupted.cut_short);
  EXPECT_FALSE(interrupted.agrees());
  EXPECT_EQ(interrupted.variants.size(), 1u);
  EXPECT_THAT(confirmation_table(interrupted), HasSubstr("there was no time for all of them"));
}

TEST(Confirmation, NothingIsBegunAfterTheTimeIsOver) {
  const Confirmation late = confirm(
      {{"a", with_stagger(), true}}, {"mock", 1, 1},
      [](const Scenario&, const std::string&) -> std::optional<RunResult> {
        ADD_FAILURE() << "was run";
        return std::nullopt;
      },
      [] { return false; });
  EXPECT_TRUE(late.cut_short);
}

TEST(Confirmation, ProgramsGetAllOfIt) {
  const auto json = to_json(confirm_in_mock(
      {{"as it is", with_stagger(), true}}, 1,
      [](const Scenario&, const std::string&) { return std::optional(good_run()); }));
  EXPECT_EQ(json["world"], "mock");
  EXPECT_EQ(json["agrees"], true);
  EXPECT_EQ(json["variants"][0]["variant"], "as it is");
  EXPECT_EQ(json["variants"][0]["setup_ms"], 2000);
}

TEST(Confirmation, RestsOnWhatTheVerdictsRestOn) {
  const Scenario scenario = with_stagger();
  Ablation ablation;
  WaitFinding stagger;
  stagger.wait = &wait_kinds().front();
  stagger.verdict = Removal::safe;
  ablation.waits.push_back(stagger);
  ablation.with_least.emplace();  // the same as without it
  EXPECT_THAT(names_in(deciding_variants(scenario, ablation)),
              ElementsAre("as it is", "without stagger_between_escrows"));

  // The only wait that there is, and needed: what was found is tried too.
  ablation.waits.front().verdict = Removal::unsafe;
  ablation.waits.front().holds = 9s;
  ablation.waits.front().without.failure = TrialFailure{1, "own_wallet_only", true};
  ablation.with_least.emplace();
  const std::vector<Variant> needed = deciding_variants(scenario, ablation);
  ASSERT_THAT(names_in(needed),
              ElementsAre("as it is", "without stagger_between_escrows", "the least that holds"));
  EXPECT_FALSE(needed.at(1).holds);
  EXPECT_EQ(needed.at(2).scenario.coordinator.waits.stagger_between_escrows, 9s);

  // What was cut short is no verdict.
  ablation.with_least.reset();
  ablation.waits.front().without.cut_short = true;
  ablation.cut_short = true;
  EXPECT_THAT(names_in(deciding_variants(scenario, ablation)), ElementsAre("as it is"));
}

}  // namespace
}  // namespace escrowstorm::sim
