// The command line, the exit status, and runs of `run` that end before a world is made.
#include <gmock/gmock.h>
#include <gtest/gtest.h>

#include <fstream>
#include <sstream>
#include <variant>

#include "sim/cli/command_line.hpp"
#include "sim/cli/exit_status.hpp"
#include "sim/cli/run.hpp"
#include "sim/process/scratch_dir.hpp"

namespace escrowstorm::sim {
namespace {

namespace fs = std::filesystem;
using testing::ElementsAre;
using testing::HasSubstr;
using testing::IsEmpty;

using Arguments = std::vector<std::string>;

RunCommand command_of(const Arguments& arguments) {
  auto read = read_command_line(arguments);
  const auto* answered = std::get_if<Answered>(&read);
  EXPECT_FALSE(answered) << answered->text;
  return std::get<RunCommand>(std::move(read));
}

Answered answer_to(const Arguments& arguments) {
  auto read = read_command_line(arguments);
  EXPECT_TRUE(std::holds_alternative<Answered>(read));
  return std::get<Answered>(std::move(read));
}

TEST(CommandLine, NothingMeansTheFirstStorm) {
  const RunCommand command = command_of({});
  EXPECT_FALSE(command.scenario);
  EXPECT_THAT(command.overrides, IsEmpty());
  EXPECT_FALSE(command.quiet);
  EXPECT_FALSE(command_of({"run"}).scenario);
  EXPECT_FALSE(command_of({"--quiet"}).scenario);
}

TEST(CommandLine, AScenarioAloneMeansRun) {
  EXPECT_EQ(command_of({"x.json"}).scenario, "x.json");
  EXPECT_EQ(command_of({"folder/x"}).scenario, "folder/x");
  EXPECT_EQ(command_of({"x.json", "--quiet"}).scenario, "x.json");
  EXPECT_EQ(command_of({"--quiet", "x.json"}).scenario, "x.json");
  EXPECT_EQ(command_of({"run", "x.json"}).scenario, "x.json");
}

TEST(CommandLine, TakesEveryOption) {
  const RunCommand command = command_of({"run",
                                         "--set",
                                         "fleet.cores=2",
                                         "--rpc",
                                         "a:1",
                                         "--rpc",
                                         "b:2",
                                         "x.json",
                                         "--world",
                                         "live",
                                         "--seed",
                                         "7",
                                         "--escrows",
                                         "5",
                                         "--set",
                                         "storm.concurrency=1",
                                         "--out",
                                         "dir",
                                         "--quiet",
                                         "--monero-bin",
                                         "/opt/monero",
                                         "--allow-mainnet",
                                         "--allow-unknown-version"});
  EXPECT_EQ(command.scenario, "x.json");
  Arguments overrides;
  for (const Override& override : command.overrides)
    overrides.push_back(override.option + ": " + override.path + " = " + override.value);
  EXPECT_THAT(overrides, ElementsAre("--set fleet.cores=2: fleet.cores = 2",
                                     "--set storm.concurrency=1: storm.concurrency = 1",
                                     "--escrows 5: storm.escrows = 5", "--world live: world = live",
                                     "--seed 7: seed = 7"));
  EXPECT_THAT(command.in_world.rpc, ElementsAre("a:1", "b:2"));
  EXPECT_EQ(command.out, "dir");
  EXPECT_EQ(command.in_world.monero_bin, "/opt/monero");
  EXPECT_TRUE(command.quiet);
  EXPECT_TRUE(command.in_world.allow_mainnet);
  EXPECT_TRUE(command.in_world.allow_unknown_version);
}

TEST(CommandLine, NegativeNumbersReachTheReader) {
  EXPECT_EQ(command_of({"x.json", "--escrows", "-5"}).overrides.at(0).value, "-5");
  EXPECT_EQ(command_of({"x.json", "--escrows=-5"}).overrides.at(0).value, "-5");
}

TEST(CommandLine, HelpTeaches) {
  for (const Arguments& arguments : {Arguments{"--help"}, {"-h"}, {"run", "--help"}}) {
    const Answered help = answer_to(arguments);
    EXPECT_FALSE(help.is_error);
    EXPECT_THAT(help.text, HasSubstr("--set PATH=VALUE"));
    EXPECT_THAT(help.text, HasSubstr("Examples:"));
    EXPECT_THAT(help.text, HasSubstr("Exit status"));
    EXPECT_THAT(help.text, HasSubstr("regtest: "));
  }
}

TEST(CommandLine, SaysItsVersion) {
  const Answered version = answer_to({"--version"});
  EXPECT_FALSE(version.is_error);
  EXPECT_THAT(version.text, testing::MatchesRegex("escrowstorm [0-9.]+\n"));
}

TEST(CommandLine, BadUsageIsOneLineAndAHint) {
  for (const Arguments& arguments : {Arguments{"rnu"},
                                     {"run", "a.json", "b.json"},
                                     {"--colour"},
                                     {"run", "--seed"},
                                     {"x.json", "--set", "fleet.cores"},
                                     {"x.json", "--set", "=1"},
                                     {"run", "\x1b[2J", "x"}}) {
    const Answered answer = answer_to(arguments);
    EXPECT_TRUE(answer.is_error);
    EXPECT_THAT(answer.text, testing::StartsWith("escrowstorm: "));
    EXPECT_EQ(std::count(answer.text.begin(), answer.text.end(), '\n'), 2) << answer.text;
    EXPECT_EQ(answer.text.find('\x1b'), answer.text.npos);
  }
  EXPECT_THAT(answer_to({"rnu"}).text, HasSubstr("no such command or scenario file: \"rnu\""));
}

struct StatusCase {
  bool wrote, interrupted, unfinished, missed;
  ExitStatus status;
};

class ExitStatusTest : public testing::TestWithParam<StatusCase> {};

TEST_P(ExitStatusTest, IsTheFirstThatApplies) {
  const StatusCase& c = GetParam();
  Summary s;
  s.interrupted = c.interrupted;
  s.escrows.started = c.unfinished ? 1 : 0;
  s.thresholds.push_back(ThresholdResult{"t", 0, "", !c.missed});
  EXPECT_EQ(status_of_run(s, c.wrote), c.status);
}

INSTANTIATE_TEST_SUITE_P(
    All, ExitStatusTest,
    testing::Values(StatusCase{true, false, false, false, ExitStatus::pass},
                    StatusCase{true, false, false, true, ExitStatus::threshold_missed},
                    StatusCase{true, false, true, false, ExitStatus::unfinished},
                    StatusCase{true, false, true, true, ExitStatus::unfinished},
                    StatusCase{true, true, false, false, ExitStatus::interrupted},
                    StatusCase{true, true, true, true, ExitStatus::interrupted},
                    StatusCase{false, false, false, false, ExitStatus::own_failure},
                    StatusCase{false, true, true, true, ExitStatus::own_failure}));

class RunTest : public testing::Test {
 protected:
  ExitStatus run_with(Arguments arguments) {
    arguments.insert(arguments.begin(), {"run", "--out", (scratch_.path() / "out").string()});
    return run(command_of(arguments), out_, err_);
  }
  std::string scenario(std::string_view text) const {
    const fs::path file = scratch_.path() / "x.json";
    std::ofstream(file) << text;
    return file.string();
  }
  std::size_t error_lines() const {
    const std::string text = err_.str();
    return static_cast<std::size_t>(std::count(text.begin(), text.end(), '\n'));
  }

  ScratchDir scratch_;
  std::ostringstream out_;
  std::ostringstream err_;
};

TEST_F(RunTest, ABadScenarioIsBadUsage) {
  EXPECT_EQ(run_with({scenario("{\"name\": \"a\", \"sed\": 1, \"fleet\": 2}")}),
            ExitStatus::bad_usage);
  EXPECT_EQ(error_lines(), 2u) << err_.str();
  EXPECT_FALSE(fs::exists(scratch_.path() / "out"));
}

TEST_F(RunTest, AMissingScenarioIsBadUsage) {
  EXPECT_EQ(run_with({"none.json"}), ExitStatus::bad_usage);
  EXPECT_EQ(err_.str(), "none.json: cannot be read: No such file or directory\n");
}

TEST_F(RunTest, TheLiveWorldNeedsThreeUrls) {
  const std::string file = scenario(R"({"name": "a", "world": "live"})");
  EXPECT_EQ(run_with({file}), ExitStatus::bad_usage);
  EXPECT_THAT(err_.str(), HasSubstr("needs at least three instances; --rpc URL was given 0 times"));
  EXPECT_EQ(run_with({file, "--rpc", "a:1", "--rpc", "b:2", "--rpc", "c"}), ExitStatus::bad_usage);
  EXPECT_THAT(err_.str(), HasSubstr("c has no port"));
}

TEST_F(RunTest, TheLoginInAUrlIsNotShown) {
  const std::string file = scenario(R"({"name": "a", "world": "live"})");
  EXPECT_EQ(run_with({file, "--rpc", "http://user:secret@a:1", "--rpc", "b:2", "--rpc", "c:3"}),
            ExitStatus::bad_usage);
  EXPECT_THAT(err_.str(), AllOf(HasSubstr("http://a:1 "), Not(HasSubstr("secret"))));
}

TEST_F(RunTest, UrlsGoWithTheLiveWorldOnly) {
  EXPECT_EQ(run_with({scenario(R"({"name": "a"})"), "--rpc", "a:1"}), ExitStatus::bad_usage);
  EXPECT_THAT(err_.str(), HasSubstr("--rpc goes with the live world, this is mock"));
}

TEST_F(RunTest, AFolderThatCannotBeMadeIsOurFailure) {
  std::ofstream(scratch_.path() / "out") << "in the way";
  EXPECT_EQ(run_with({scenario(R"({"name": "a"})")}), ExitStatus::own_failure);
  EXPECT_THAT(err_.str(), HasSubstr("out: cannot be made: "));
  EXPECT_EQ(error_lines(), 1u);
}

TEST_F(RunTest, TheFirstStormIsFoundFromAnywhere) {
  const fs::path before = fs::current_path();
  fs::current_path(scratch_.path());
  EXPECT_EQ(run_with({"--set", "fleet.instances=1"}), ExitStatus::bad_usage);
  fs::current_path(before);
  EXPECT_THAT(err_.str(), HasSubstr("fleet.instances: expected at least 3"));
}

}  // namespace
}  // namespace escrowstorm::sim
