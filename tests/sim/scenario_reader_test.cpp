// The scenario reader: what it takes, and every error with its place and words.
#include <gmock/gmock.h>
#include <gtest/gtest.h>

#include <filesystem>
#include <fstream>
#include <variant>

#include "sim/process/scratch_dir.hpp"
#include "sim/scenario/reader.hpp"
#include "tests/sim/noted_reader.hpp"

namespace escrowstorm::sim {
namespace {

namespace fs = std::filesystem;
using testing::ElementsAre;
using testing::HasSubstr;
using testing::IsEmpty;
using testing::SizeIs;

std::vector<std::string> errors_of(const ScenarioOrErrors& read) {
  const auto* errors = std::get_if<std::vector<std::string>>(&read);
  return errors ? *errors : std::vector<std::string>();
}

std::vector<std::string> errors_in(std::string_view text) { return errors_of(read_noted(text)); }

Scenario scenario_in(std::string_view text) {
  auto read = read_noted(text);
  EXPECT_THAT(errors_of(read), IsEmpty());
  return std::get<Scenario>(std::move(read));
}

TEST(ScenarioReader, DefaultsNeedOnlyAName) {
  const Scenario s = scenario_in(R"({"name": "a"})");
  EXPECT_EQ(s.name, "a");
  EXPECT_EQ(s.world, "mock");
  EXPECT_EQ(s.seed, 1u);
  EXPECT_EQ(s.fleet.instances, 9u);
  EXPECT_EQ(s.fleet.latency, "measured");
  EXPECT_EQ(s.fleet.cores, 8u);
  EXPECT_EQ(s.fleet.emulate, "0.18.5.1");
  EXPECT_EQ(s.fleet.network, "mainnet");
  EXPECT_EQ(s.coordinator.slots, "exclusive_lease");
  EXPECT_TRUE(s.coordinator.verify_wallet);
  EXPECT_EQ(s.storm.escrows, 3u);
  EXPECT_EQ(s.escrows_at_once(), 3u);
  EXPECT_THAT(s.thresholds, IsEmpty());
  EXPECT_FALSE(s.expect);
}

TEST(ScenarioReader, TakesEveryKeyAndComments) {
  const Scenario s = scenario_in(R"({
    // a comment
    "name": "all-keys_1", "about": "é", "world": "regtest", "seed": 18446744073709551615,
    "fleet": {"instances": 30, "latency": "none", "cores": 2, "emulate": "0.18.0.0",
              "network": "stagenet"},
    "coordinator": {"slots": "role_partitioned", "verify_wallet": false},  /* another */
    "storm": {"escrows": 10, "concurrency": 4},
    "thresholds": ["escrows.failed == 0", "setup_ms.p99 < 60s"],
    "expect": {"exit": 3, "metrics": ["escrows.ready <= 1"],
               "errors": [{"code": -28, "message": "already"}]}
  })");
  EXPECT_EQ(s.name, "all-keys_1");
  EXPECT_EQ(s.world, "regtest");
  EXPECT_EQ(s.seed, UINT64_MAX);
  EXPECT_EQ(s.fleet.instances, 30u);
  EXPECT_EQ(s.fleet.latency, "none");
  EXPECT_EQ(s.fleet.cores, 2u);
  EXPECT_EQ(s.fleet.emulate, "0.18.0.0");
  EXPECT_EQ(s.fleet.network, "stagenet");
  EXPECT_EQ(s.coordinator.slots, "role_partitioned");
  EXPECT_FALSE(s.coordinator.verify_wallet);
  EXPECT_EQ(s.storm.escrows, 10u);
  EXPECT_EQ(s.escrows_at_once(), 4u);
  EXPECT_THAT(s.thresholds, SizeIs(2));
  ASSERT_TRUE(s.expect);
  EXPECT_EQ(s.expect->exit, 3);
  EXPECT_THAT(s.expect->metrics, SizeIs(1));
  ASSERT_THAT(s.expect->errors, SizeIs(1));
  EXPECT_EQ(s.expect->errors[0].code, -28);
}

TEST(ScenarioReader, WhereEditorsFindTheSchemaChangesNothing) {
  EXPECT_EQ(scenario_in(R"({"$schema": "./scenario.schema.json", "name": "a"})"),
            scenario_in(R"({"name": "a"})"));
  EXPECT_THAT(errors_in(R"({"$schema": 7, "name": "a"})"),
              ElementsAre("x.json:1:13: $schema: expected a string, found 7"));
}

TEST(ScenarioReader, NeverMoreAtOnceThanThereAre) {
  EXPECT_EQ(
      scenario_in(R"({"name": "a", "storm": {"escrows": 2, "concurrency": 9}})").escrows_at_once(),
      2u);
}

TEST(ScenarioReader, MoneyIsWhereThereIsAChain) {
  EXPECT_FALSE(scenario_in(R"({"name": "a"})").needs_money());
  const Scenario plain = scenario_in(R"({"name": "a", "chain": {}})");
  EXPECT_TRUE(plain.needs_money());
  EXPECT_EQ(plain.chain->block_every, std::chrono::minutes(2));
  EXPECT_EQ(scenario_in(R"({"name": "a", "chain": {"block_every": "5s"}})").chain->block_every,
            std::chrono::seconds(5));
}

struct BadText {
  const char* text;
  const char* error;
};

class ScenarioReaderErrors : public testing::TestWithParam<BadText> {};

TEST_P(ScenarioReaderErrors, SayPlaceAndRemedy) {
  EXPECT_THAT(errors_in(GetParam().text), ElementsAre(GetParam().error));
}

INSTANTIATE_TEST_SUITE_P(
    Syntax, ScenarioReaderErrors,
    testing::Values(
        BadText{"",
                "x.json:1:1: no JSON: unexpected end of input; expected '[', '{', or a literal"},
        BadText{"{\"name\": \"a\",\n  }",
                "x.json:2:3: no JSON: unexpected '}'; expected string literal"},
        BadText{"{\"name\": \"é\",,}",
                "x.json:1:14: no JSON: unexpected ','; expected string literal"},
        BadText{"{\"name\": nme}", "x.json:1:11: no JSON: invalid literal"},
        BadText{"{\"seed\": 1e999}", "x.json:1:14: no JSON: number overflow parsing '1e999'"},
        BadText{"{\"name\": \"a\"} x",
                "x.json:1:15: no JSON: invalid literal; expected end of input"},
        BadText{"\xff\xfe", "x.json:1:1: no JSON: invalid literal"},
        BadText{"[]", "x.json:1:1: expected a section in braces, found a list"},
        BadText{"7", "x.json:1:1: expected a section in braces, found 7"}));

INSTANTIATE_TEST_SUITE_P(
    Keys, ScenarioReaderErrors,
    testing::Values(
        BadText{"{\"name\": \"a\",\n \"fleet\": {\n  \"instances\": 9,\n  \"instanzes\": 9}}",
                "x.json:4:3: fleet.instanzes: unknown key, did you mean \"instances\"?"},
        BadText{
            R"({"name": "a", "x/y": 1})",
            "x.json:1:15: x/y: unknown key, expected one of \"name\", \"about\", \"world\", "
            "\"seed\", \"schedule\", \"schedule_choices\", \"$schema\", \"fleet\", "
            "\"coordinator\", "
            "\"storm\", \"chain\", \"faults\", \"calm\", \"thresholds\", \"expect\", \"swarm\""},
        BadText{
            "{\"name\": \"a\", \"\\u001b[2J\": 1}",
            "x.json:1:15: ?[2J: unknown key, expected one of \"name\", \"about\", \"world\", "
            "\"seed\", \"schedule\", \"schedule_choices\", \"$schema\", \"fleet\", "
            "\"coordinator\", "
            "\"storm\", \"chain\", \"faults\", \"calm\", \"thresholds\", \"expect\", \"swarm\""},
        BadText{"{\"name\": \"a\",\n\"storm\": {\"escrows\": 1, \"escrows\": 2}}",
                "x.json:2:25: storm.escrows: duplicate key, first in line 2"},
        BadText{R"({"about": "no name"})",
                "x.json:1:1: name: missing, expected a name such as \"first\""},
        BadText{R"({"name": "a", "expect": {"errors": [{"message": "m"}]}})",
                "x.json:1:37: expect.errors[0].code: missing, expected an error code, such as "
                "-28"}));

INSTANTIATE_TEST_SUITE_P(
    Types, ScenarioReaderErrors,
    testing::Values(
        BadText{R"({"name": 7})", "x.json:1:10: name: expected a string, found 7"},
        BadText{R"({"name": "a", "fleet": []})",
                "x.json:1:24: fleet: expected a section in braces, found a list"},
        BadText{R"({"name": "a", "fleet": {"instances": "9"}})",
                "x.json:1:38: fleet.instances: expected a whole number, found a string"},
        BadText{R"({"name": "a", "fleet": {"instances": null}})",
                "x.json:1:38: fleet.instances: expected a whole number, found null"},
        BadText{R"({"name": "a", "storm": {"escrows": 2.5}})",
                "x.json:1:36: storm.escrows: expected a whole number, found a fraction"},
        BadText{R"({"name": "a", "coordinator": {"verify_wallet": "yes"}})",
                "x.json:1:48: coordinator.verify_wallet: expected true or false, found a string"},
        BadText{R"({"name": "a", "thresholds": "escrows.failed == 0"})",
                "x.json:1:29: thresholds: expected a list in brackets, found a string"},
        BadText{R"({"name": "a", "thresholds": [1]})",
                "x.json:1:30: thresholds[0]: expected \"METRIC OP VALUE\" as a string or in a "
                "section, found a number"},
        BadText{R"({"name": "a", "expect": 3})",
                "x.json:1:25: expect: expected a section in braces, found 3"},
        BadText{R"({"name": "a", "expect": {"errors": [{"code": 1.5}]}})",
                "x.json:1:46: expect.errors[0].code: expected an error code, such as -28, found a "
                "fraction"}));

INSTANTIATE_TEST_SUITE_P(
    Values, ScenarioReaderErrors,
    testing::Values(
        BadText{R"({"name": "a", "fleet": {"instances": 2}})",
                "x.json:1:38: fleet.instances: expected at least 3 (an escrow needs three), "
                "found 2"},
        BadText{R"({"name": "a", "fleet": {"instances": -3}})",
                "x.json:1:38: fleet.instances: expected at least 3 (an escrow needs three), "
                "found -3"},
        BadText{R"({"name": "a", "fleet": {"instances": 100001}})",
                "x.json:1:38: fleet.instances: expected at most 100000, found 100001"},
        BadText{R"({"name": "a", "fleet": {"cores": 0}})",
                "x.json:1:34: fleet.cores: expected at least 1, found 0"},
        BadText{R"({"name": "a", "storm": {"escrows": 0}})",
                "x.json:1:36: storm.escrows: expected at least 1, found 0"},
        BadText{R"({"name": "a", "storm": {"escrows": 1000001}})",
                "x.json:1:36: storm.escrows: expected at most 1000000, found 1000001"},
        BadText{R"({"name": "a", "storm": {"concurrency": 0}})",
                "x.json:1:40: storm.concurrency: expected at least 1 (leave it out for all at "
                "once), found 0"},
        BadText{R"({"name": "a", "chain": {"block_every": "0s"}})",
                "x.json:1:40: chain.block_every: expected at least 1ms, found \"0s\""},
        BadText{R"({"name": "a", "seed": -1})", "x.json:1:23: seed: expected at least 0, found -1"},
        BadText{R"({"name": "a", "seed": 18446744073709551616})",
                "x.json:1:23: seed: expected a whole number, found a fraction"},
        BadText{R"({"name": "../evil"})",
                "x.json:1:10: name: expected 1 to 64 letters, digits, '-' or '_', found "
                "\"../evil\""},
        BadText{R"({"name": ""})",
                "x.json:1:10: name: expected 1 to 64 letters, digits, '-' or '_', found \"\""},
        BadText{R"({"name": "a", "expect": {"exit": 256}})",
                "x.json:1:34: expect.exit: expected at most 255, found 256"}));

INSTANTIATE_TEST_SUITE_P(
    Names, ScenarioReaderErrors,
    testing::Values(
        BadText{R"({"name": "a", "world": "regtset"})",
                "x.json:1:24: world: no such world: \"regtset\", did you mean \"regtest\"?"},
        BadText{R"({"name": "a", "world": "moon-base"})",
                "x.json:1:24: world: no such world: \"moon-base\", expected one of \"virtual\", "
                "\"mock\", "
                "\"regtest\", \"live\""},
        BadText{R"({"name": "a", "coordinator": {"slots": "exclusive_leese"}})",
                "x.json:1:40: coordinator.slots: no such slot policy: \"exclusive_leese\", did you "
                "mean \"exclusive_lease\"?"},
        BadText{R"({"name": "a", "fleet": {"latency": "mesured"}})",
                "x.json:1:36: fleet.latency: no such latency profile: \"mesured\", did you mean "
                "\"measured\"?"},
        BadText{R"({"name": "a", "fleet": {"emulate": "0.18.5.2"}})",
                "x.json:1:36: fleet.emulate: no such version of monero-wallet-rpc: \"0.18.5.2\", "
                "did you mean \"0.18.5.1\"?"},
        BadText{R"({"name": "a", "fleet": {"network": "mainet"}})",
                "x.json:1:36: fleet.network: no such network: \"mainet\", did you mean "
                "\"mainnet\"?"},
        BadText{R"({"name": "a", "thresholds": ["escrow.failed == 0"]})",
                "x.json:1:30: thresholds[0]: names no metric of summary.json: \"escrow.failed\", "
                "did you mean \"escrows.failed\"?"}));

TEST(ScenarioReader, SaysEveryErrorAtOnceInTheOrderOfTheFile) {
  EXPECT_THAT(errors_in("{\"thresholds\": [\"nothing\"],\n"
                        " \"fleet\": {\"instances\": 1, \"cores\": \"many\"},\n"
                        " \"strom\": {},\n"
                        " \"name\": \"a b\"}"),
              ElementsAre("x.json:1:17: thresholds[0]: has no operator (one of < <= == != >= >)",
                          "x.json:2:25: fleet.instances: expected at least 3 (an escrow needs "
                          "three), found 1",
                          "x.json:2:37: fleet.cores: expected a whole number, found a string",
                          "x.json:3:2: strom: unknown key, did you mean \"storm\"?",
                          "x.json:4:10: name: expected 1 to 64 letters, digits, '-' or '_', found "
                          "\"a b\""));
}

TEST(ScenarioReader, BoundsTheNumberOfErrors) {
  std::string text = R"({"name": "a")";
  for (int i = 0; i < 500; ++i) text += ", \"unknown" + std::to_string(i) + "\": 0";
  const auto errors = errors_in(text + "}");
  ASSERT_THAT(errors, SizeIs(101));
  EXPECT_EQ(errors.back(), "x.json: and 400 more");
}

TEST(ScenarioReader, BoundsTheDepth) {
  const std::string deep(100'000, '[');
  EXPECT_THAT(errors_in(deep), ElementsAre("x.json:1:65: nested deeper than 64 levels"));
}

class ScenarioFile : public testing::Test {
 protected:
  fs::path write(const char* name, std::string_view text) const {
    const fs::path file = scratch_.path() / name;
    std::ofstream(file, std::ios::binary) << text;
    return file;
  }
  ScratchDir scratch_;
};

TEST_F(ScenarioFile, IsRead) {
  EXPECT_THAT(errors_of(load_scenario(write("a.json", R"({"name": "a"})"))), IsEmpty());
}

TEST_F(ScenarioFile, MissingIsAnError) {
  const fs::path file = scratch_.path() / "none.json";
  EXPECT_THAT(errors_of(load_scenario(file)),
              ElementsAre(file.string() + ": cannot be read: No such file or directory"));
}

TEST_F(ScenarioFile, AFolderIsAnError) {
  EXPECT_THAT(errors_of(load_scenario(scratch_.path())),
              ElementsAre(scratch_.path().string() + ": is a folder"));
}

TEST_F(ScenarioFile, TooLargeIsAnError) {
  const fs::path file = write("big.json", std::string(scenario_kib_max * 1024 + 1, ' '));
  EXPECT_THAT(errors_of(load_scenario(file)),
              ElementsAre(file.string() + ": is larger than 1024 KiB"));
}

TEST_F(ScenarioFile, EndlessIsAnError) {
  EXPECT_THAT(errors_of(load_scenario("/dev/zero")), SizeIs(1));
}

TEST_F(ScenarioFile, LatencyPathStartsInTheFilesFolder) {
  const fs::path file =
      write("a.json", R"({"name": "a", "fleet": {"latency": "profiles/slow.json"}})");
  const auto errors = errors_of(load_scenario(file));
  ASSERT_THAT(errors, SizeIs(1));
  EXPECT_THAT(errors[0], HasSubstr((scratch_.path() / "profiles/slow.json").string()));
  EXPECT_THAT(errors[0], HasSubstr(":1:36: fleet.latency: "));

  fs::create_directory(scratch_.path() / "profiles");
  fs::copy_file(ESCROWSTORM_SOURCE_DIR "/mockrpc/profiles/0.18.5.1-ssl-disabled.json",
                scratch_.path() / "profiles/slow.json");
  auto read = load_scenario(file);
  ASSERT_THAT(errors_of(read), IsEmpty());
  EXPECT_EQ(std::get<Scenario>(read).fleet.latency,
            (scratch_.path() / "profiles/slow.json").string());
}

}  // namespace
}  // namespace escrowstorm::sim
