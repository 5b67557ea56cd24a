// What a scenario lets `explore` draw: each value is held to what --set would take.
#include <gmock/gmock.h>
#include <gtest/gtest.h>

#include <fstream>
#include <variant>

#include "sim/process/scratch_dir.hpp"
#include "sim/scenario/reader.hpp"
#include "tests/sim/noted_reader.hpp"

namespace escrowstorm::sim {
namespace {

using testing::ElementsAre;
using testing::HasSubstr;
using testing::SizeIs;

std::vector<std::string> errors_in(std::string_view text) {
  const auto read = read_noted(text);
  const auto* errors = std::get_if<std::vector<std::string>>(&read);
  return errors ? *errors : std::vector<std::string>();
}

std::vector<std::string> errors_of_policies(const std::string& policies) {
  return errors_in("{\"name\": \"a\", \"swarm\": {\"policies\":\n{" + policies + "}}}");
}

TEST(ScenarioSwarm, KeepsFaultsAndPoliciesInTheirOrder) {
  const auto read = read_noted(R"({"name": "a", "swarm": {
    "faults": [{"fault": "lost_reply"}, {"fault": "wallet_crash"}],
    "policies": {"storm.escrows": [2, 5], "schedule": ["fifo", "random"],
                 "coordinator.verify_wallet": [true, false],
                 "faults": [[{"fault": "slow_reply", "delay": "1s"}]]}}})");
  ASSERT_TRUE(std::holds_alternative<Scenario>(read));
  const SwarmSection& swarm = std::get<Scenario>(read).swarm;
  ASSERT_THAT(swarm.faults, SizeIs(2));
  EXPECT_EQ(swarm.faults[1].fault, "wallet_crash");
  EXPECT_THAT(swarm.policies,
              ElementsAre(SwarmPolicy{"storm.escrows", {"2", "5"}},
                          SwarmPolicy{"schedule", {"\"fifo\"", "\"random\""}},
                          SwarmPolicy{"coordinator.verify_wallet", {"true", "false"}},
                          SwarmPolicy{"faults", {R"([{"fault":"slow_reply","delay":"1s"}])"}}));
}

// So that they mean the same wherever the drawn scenario is read.
TEST(ScenarioSwarm, RelativePathsStartInTheFilesFolder) {
  const ScratchDir scratch;
  std::ofstream(scratch.path() / "times.txt") << "0s\n1s\n";
  const auto file = scratch.path() / "a.json";
  std::ofstream(file) << R"({"name": "a", "storm": {"arrivals": {"kind": "replayed",
    "file": "times.txt"}}, "swarm": {"policies": {"storm.arrivals.file": ["times.txt"],
    "storm": [{"arrivals": {"kind": "replayed", "file": "times.txt"}}]}}})";
  const auto read = load_scenario(file);
  ASSERT_TRUE(std::holds_alternative<Scenario>(read))
      << std::get<std::vector<std::string>>(read).front();
  const std::string absolute = (scratch.path() / "times.txt").string();
  const std::vector<SwarmPolicy>& policies = std::get<Scenario>(read).swarm.policies;
  EXPECT_THAT(policies[0].values, ElementsAre("\"" + absolute + "\""));
  EXPECT_THAT(policies[1].values,
              ElementsAre(R"({"arrivals":{"kind":"replayed","file":")" + absolute + "\"}}"));
}

TEST(ScenarioSwarm, AWrongValueIsAnErrorWhereItStands) {
  EXPECT_THAT(
      errors_of_policies(R"("storm.escrows": [2, 0], "schedule": ["lifo"])"),
      ElementsAre("x.json:2:23: swarm.policies: storm.escrows: expected at least 1, found 0",
                  HasSubstr("x.json:2:40: swarm.policies: schedule: no such schedule: "
                            "\"lifo\", did you mean \"fifo\"?")));
  EXPECT_THAT(errors_of_policies(R"("calm": [{"at": "1s"}, {"at": 5}])"),
              ElementsAre(HasSubstr("x.json:2:32: swarm.policies: calm.at: expected a duration")));
}

TEST(ScenarioSwarm, AnUnknownPathIsAnError) {
  EXPECT_THAT(errors_of_policies(R"("storm.escrow": [2], "strom.escrows": [2], "name.x": [1],
    "..": [1], "seed": [1], "storm.escrows.x": [1])"),
              ElementsAre(HasSubstr("storm.escrow: unknown key, did you mean \"escrows\"?"),
                          HasSubstr("strom: unknown key, did you mean \"storm\"?"),
                          HasSubstr("swarm.policies.name.x: cannot be drawn"),
                          HasSubstr("swarm.policies...: is no path"),
                          HasSubstr("swarm.policies.seed: cannot be drawn"),
                          HasSubstr("storm.escrows: expected a whole number, found a section")));
}

TEST(ScenarioSwarm, ValuesAreAList) {
  EXPECT_THAT(errors_of_policies(R"("storm.escrows": 2, "schedule": [])"),
              ElementsAre(HasSubstr("storm.escrows: expected a list of values, one at least, "
                                    "found 2"),
                          HasSubstr("schedule: expected a list of values, one at least, found a "
                                    "list")));
  EXPECT_THAT(errors_of_policies(R"("schedule": ["fifo"], "schedule": ["random"])"),
              ElementsAre(HasSubstr("swarm.policies.schedule: duplicate key")));
}

TEST(ScenarioSwarm, WhatIsWrongWithoutItIsSaidOnce) {
  EXPECT_THAT(errors_in(R"({"name": "a", "fleet": {"cores": 0},
                            "swarm": {"policies": {"storm.escrows": [2, 3]}, "fault": []}})"),
              ElementsAre(HasSubstr("fleet.cores: expected at least 1"),
                          HasSubstr("swarm.fault: unknown key, did you mean \"faults\"?")));
}

TEST(ScenarioSwarm, SoManyValuesAreNoSwarm) {
  std::string values = "1";
  for (int i = 0; i < 300; ++i) values += ",1";
  EXPECT_THAT(errors_of_policies("\"storm.escrows\": [" + values + "]"),
              ElementsAre(HasSubstr("expected at most 256 values in all")));
}

}  // namespace
}  // namespace escrowstorm::sim
