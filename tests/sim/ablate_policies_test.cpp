// Locks as something to take away, and policies and limits against what they break.
#include <gmock/gmock.h>
#include <gtest/gtest.h>

#include <nlohmann/json.hpp>

#include "sim/ablate/ablation.hpp"
#include "sim/ablate/policy_matrix.hpp"
#include "sim/report/policy_matrix_text.hpp"
#include "sim/scenario/reader.hpp"

namespace escrowstorm::sim {
namespace {

using testing::AllOf;
using testing::HasSubstr;
using testing::IsEmpty;
using testing::Not;

const AblationProgress without_end = [](const std::string&, std::uint64_t) { return true; };

Scenario policies_scenario(const std::string& text) {
  return std::get<Scenario>(parse_scenario(text, "test.json"));
}

Ablation ablate_twenty(const Scenario& scenario) {
  AblationOptions options;
  options.runs = 20;
  return ablate(scenario, options, without_end);
}

PolicyMatrix matrix_of_ten(const Scenario& scenario) {
  return try_policies(scenario, {1, 10, 1}, without_end);
}

const Trial& row_of(const PolicyMatrix& matrix, const std::string& key, const std::string& value) {
  for (const PolicyRow& row : matrix.rows)
    if (row.key == key && row.value == value) return row.trial;
  throw std::runtime_error("no row " + key + " = " + value);
}

TEST(AblateLocks, LocksOnExclusiveInstancesAreSafeToRemove) {
  const Ablation ablation =
      ablate_twenty(policies_scenario(R"({"name": "x", "fleet": {"instances": 9},
      "coordinator": {"creation_lock": "global", "rounds": "sequential"}})"));
  ASSERT_EQ(ablation.locks.size(), 2u);
  EXPECT_EQ(ablation.locks[0].as_is, "global");
  EXPECT_EQ(ablation.locks[0].verdict, Removal::safe);
  EXPECT_EQ(ablation.locks[1].as_is, "sequential");
  EXPECT_EQ(ablation.locks[1].verdict, Removal::safe);
  EXPECT_TRUE(ablation.with_least->holds());
  EXPECT_LT(ablation.with_least->makespan, ablation.as_is.makespan);
}

TEST(AblateLocks, OnSharedInstancesALockIsUseless) {
  const Ablation ablation =
      ablate_twenty(policies_scenario(R"({"name": "x", "fleet": {"instances": 3},
      "coordinator": {"slots": "shared_round_robin", "creation_lock": "per_role"}})"));
  ASSERT_EQ(ablation.locks.size(), 1u);
  EXPECT_EQ(ablation.locks[0].verdict, Removal::useless);
}

// Three wallets made at once on one core take longer than a call may.
TEST(AblateLocks, ALockThatKeepsCallsWithinTheirDeadlineIsNeeded) {
  const Scenario scenario =
      policies_scenario(R"({"name": "x", "fleet": {"instances": 3, "cores": 1},
      "coordinator": {"creation_lock": "global", "call_deadline": "3500ms", "setup_attempts": 1},
      "storm": {"escrows": 1}})");
  const Ablation ablation = ablate_twenty(scenario);
  EXPECT_TRUE(ablation.as_is.holds());
  ASSERT_EQ(ablation.locks.size(), 1u);
  EXPECT_EQ(ablation.locks[0].verdict, Removal::unsafe);
  EXPECT_EQ(with_least(scenario, ablation), scenario);
}

TEST(PolicyMatrix, SharedInstancesBreakWhatExclusiveOnesKeep) {
  const PolicyMatrix matrix = matrix_of_ten(policies_scenario(R"({"name": "x",
      "fleet": {"instances": 6}, "coordinator": {"rounds": "sequential"}})"));
  EXPECT_THAT(matrix.rows.front().trial.broken, IsEmpty());
  EXPECT_THAT(row_of(matrix, "coordinator.slots", "role_partitioned").broken, IsEmpty());
  const Trial& shared = row_of(matrix, "coordinator.slots", "shared_round_robin");
  EXPECT_EQ(shared.broken.at("leased_once"), 10u);
  EXPECT_EQ(shared.rate.failures, 10u);
  EXPECT_THAT(row_of(matrix, "coordinator.creation_lock", "global").broken, IsEmpty());
  EXPECT_LT(row_of(matrix, "coordinator.rounds", "parallel").setup,
            matrix.rows.front().trial.setup);
  EXPECT_LT(row_of(matrix, "fleet.instances", "12").makespan,
            row_of(matrix, "fleet.instances", "3").makespan);
}

TEST(PolicyMatrix, WhatTheScenarioHasAlreadyIsNotTriedTwice) {
  const PolicyMatrix matrix = matrix_of_ten(policies_scenario(R"({"name": "x"})"));
  EXPECT_THROW(row_of(matrix, "coordinator.slots", "exclusive_lease"), std::runtime_error);
  EXPECT_THROW(row_of(matrix, "coordinator.rounds", "parallel"), std::runtime_error);
}

TEST(PolicyMatrix, SessionsMatterWhereWalletsAreOpenedAgain) {
  const std::string chain = R"({"name": "x", "chain": {}, "storm": {"escrows": 1,
      "journeys": [{"price": "0.5 XMR"}]}})";
  EXPECT_NO_THROW(
      row_of(matrix_of_ten(policies_scenario(chain)), "coordinator.sessions", "open_per_step"));
  EXPECT_THROW(row_of(matrix_of_ten(policies_scenario(R"({"name": "x"})")), "coordinator.sessions",
                      "open_per_step"),
               std::runtime_error);
}

TEST(PolicyMatrix, TheTableNamesWhatBreaksAndHowOften) {
  const PolicyMatrix matrix =
      matrix_of_ten(policies_scenario(R"({"name": "x", "fleet": {"instances": 3}})"));
  EXPECT_THAT(policy_table(matrix),
              AllOf(HasSubstr("leased_once"), HasSubstr("coordinator.slots = shared_round_robin"),
                    HasSubstr("10 of 10"), HasSubstr("-: no failure in 10 runs: below 26 %")));
  const auto json = to_json(matrix);
  EXPECT_EQ(json[0]["policy"], "as it is");
  EXPECT_EQ(json.size(), matrix.rows.size());
}

TEST(PolicyMatrix, WhereNothingBreaksThatIsSaid) {
  PolicyMatrix matrix;
  matrix.rows.push_back({"", "", trial_of({{1, {}}, {2, {}}})});
  EXPECT_THAT(policy_table(matrix), AllOf(HasSubstr("nothing broke in any; no failure in 2 runs"),
                                          Not(HasSubstr("of 2"))));
}

TEST(PolicyMatrix, IsCutShort) {
  const PolicyMatrix matrix = try_policies(policies_scenario(R"({"name": "x"})"), {1, 1'000'000, 1},
                                           [](const std::string&, std::uint64_t) { return false; });
  EXPECT_TRUE(matrix.cut_short);
  EXPECT_EQ(matrix.rows.size(), 1u);
}

}  // namespace
}  // namespace escrowstorm::sim
