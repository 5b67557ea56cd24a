// --set and its short forms: values put into the tree before it is checked.
#include <gmock/gmock.h>
#include <gtest/gtest.h>

#include <variant>

#include "sim/scenario/reader.hpp"

namespace escrowstorm::sim {
namespace {

using testing::ElementsAre;
using testing::IsEmpty;
using testing::SizeIs;

ScenarioOrErrors read_with(std::initializer_list<const char*> sets,
                           const char* text = R"({"name": "a", "fleet": {"instances": 30}})") {
  std::vector<Override> overrides;
  for (const char* set : sets) overrides.push_back(std::get<Override>(Override::parse(set)));
  return parse_scenario(text, "x.json", overrides);
}

std::vector<std::string> errors_with(std::initializer_list<const char*> sets) {
  const auto read = read_with(sets);
  const auto* errors = std::get_if<std::vector<std::string>>(&read);
  return errors ? *errors : std::vector<std::string>();
}

TEST(ScenarioOverride, ReplacesAndAdds) {
  const auto read = read_with({"fleet.instances=6", "storm.escrows=2", "fleet.latency=none",
                               "coordinator.verify_wallet=false", "name=\"b\"",
                               "thresholds=[\"escrows.failed == 0\"]", "fleet.emulate=0.18.0.0"});
  ASSERT_TRUE(std::holds_alternative<Scenario>(read));
  const auto& s = std::get<Scenario>(read);
  EXPECT_EQ(s.fleet.instances, 6u);
  EXPECT_EQ(s.storm.escrows, 2u);
  EXPECT_EQ(s.fleet.latency, "none");
  EXPECT_EQ(s.fleet.emulate, "0.18.0.0");
  EXPECT_FALSE(s.coordinator.verify_wallet);
  EXPECT_EQ(s.name, "b");
  EXPECT_THAT(s.thresholds, SizeIs(1));
}

TEST(ScenarioOverride, TheLastOneCounts) {
  const auto read = read_with({"fleet.instances=6", "fleet.instances=7"});
  EXPECT_EQ(std::get<Scenario>(read).fleet.instances, 7u);
}

TEST(ScenarioOverride, MendsWhatIsWrongInTheFile) {
  const auto read = read_with({"fleet.instances=3"}, R"({"name": "a", "fleet": {"instances": 1}})");
  EXPECT_TRUE(std::holds_alternative<Scenario>(read));
}

TEST(ScenarioOverride, ErrorsNameTheOption) {
  EXPECT_THAT(errors_with({"fleet.instances=2"}),
              ElementsAre("--set fleet.instances=2: fleet.instances: expected at least 3 (an "
                          "escrow needs three), found 2"));
  EXPECT_THAT(errors_with({"fleet.instanzes=9"}),
              ElementsAre("--set fleet.instanzes=9: fleet.instanzes: unknown key, did you mean "
                          "\"instances\"?"));
  EXPECT_THAT(errors_with({"flet.instances=9"}),
              ElementsAre("--set flet.instances=9: flet: unknown key, did you mean \"fleet\"?"));
  EXPECT_THAT(errors_with({"name.first=x"}),
              ElementsAre("--set name.first=x: name: is no section, so it has no key \"first\""));
  EXPECT_THAT(errors_with({"storm.escrows=many"}),
              ElementsAre("--set storm.escrows=many: storm.escrows: expected a whole number, "
                          "found a string"));
  EXPECT_THAT(errors_with({"fleet=\"x\"", "fleet.cores=1"}),
              ElementsAre("--set fleet=\"x\": fleet: expected a section in braces, found a string",
                          "--set fleet.cores=1: fleet: is no section, so it has no key "
                          "\"cores\""));
}

TEST(ScenarioOverride, FileErrorsComeFirst) {
  const auto read = read_with({"seed=x"}, R"({"name": "a", "sed": 1})");
  EXPECT_THAT(std::get<std::vector<std::string>>(read),
              ElementsAre("x.json:1:15: sed: unknown key, did you mean \"seed\"?",
                          "--set seed=x: seed: expected a whole number, found a string"));
}

TEST(ScenarioOverride, NeedsPathAndValue) {
  for (const char* text : {"fleet.cores", "=3", ".cores=3", "fleet.=3", "fleet..cores=3"})
    EXPECT_TRUE(std::holds_alternative<std::string>(Override::parse(text))) << text;
  std::string deep = "a";
  for (int i = 0; i < 1000; ++i) deep += ".a";
  EXPECT_TRUE(std::holds_alternative<std::string>(Override::parse(deep + "=1")));
  EXPECT_EQ(std::get<Override>(Override::parse("a=")).value, "");
  EXPECT_EQ(std::get<Override>(Override::parse("a=b=c")).value, "b=c");
}

}  // namespace
}  // namespace escrowstorm::sim
