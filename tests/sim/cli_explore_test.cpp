// `explore` and `replay` as a whole: what they print, the files they leave, their exit statuses.
#include <gmock/gmock.h>
#include <gtest/gtest.h>

#include <csignal>
#include <fstream>
#include <nlohmann/json.hpp>
#include <sstream>
#include <variant>

#include "sim/cli/command_line.hpp"
#include "sim/cli/explore.hpp"
#include "sim/cli/replay.hpp"
#include "sim/explore/replay_file.hpp"
#include "sim/process/scratch_dir.hpp"
#include "sim/process/signal_watch.hpp"
#include "sim/scenario/reader.hpp"
#include "tests/support/environment.hpp"

namespace escrowstorm::sim {
namespace {

namespace fs = std::filesystem;
using nlohmann::json;
using testing::AllOf;
using testing::HasSubstr;
using testing::Not;

class Exploring : public testing::Test {
 protected:
  static std::string shipped(const std::string& name) {
    return ESCROWSTORM_SOURCE_DIR "/scenarios/" + name;
  }

  fs::path folder() const { return scratch_.path() / "found"; }
  fs::path replay_file() const { return folder() / "replay-own_wallet_only-1.json"; }

  ExitStatus explore_with(std::vector<std::string> arguments) {
    arguments.insert(arguments.begin(), "explore");
    arguments.insert(arguments.end(), {"--quiet", "--out", folder().string()});
    clear();
    return run_explore(std::get<ExploreCommand>(read_command_line(arguments)), out_, err_);
  }
  ExitStatus replay(const fs::path& file) {
    clear();
    return run_replay(
        std::get<ReplayCommand>(read_command_line(
            {"replay", file.string(), "--out", (scratch_.path() / "replayed").string()})),
        out_, err_);
  }
  void clear() {
    out_.str("");
    err_.str("");
  }

  json replay_json() const { return json::parse(std::ifstream(replay_file())); }
  void write_replay_json(const json& content) { std::ofstream(replay_file()) << content; }

  ScratchDir scratch_;
  std::ostringstream out_;
  std::ostringstream err_;
};

TEST_F(Exploring, WhatHoldsIsAPass) {
  EXPECT_EQ(explore_with({shipped("storms/first.json"), "--seeds", "5"}), ExitStatus::pass);
  EXPECT_THAT(out_.str(), HasSubstr("5 of 5 seeds"));
  EXPECT_THAT(out_.str(), HasSubstr("nothing violated"));
  EXPECT_FALSE(fs::exists(folder())) << "nothing to write down";
}

TEST_F(Exploring, BeginsWithTheSeedThatItIsTold) {
  EXPECT_EQ(explore_with({shipped("history/shared-slots.json"), "--seed", "7", "--seeds", "1"}),
            ExitStatus::invariant_violated);
  EXPECT_THAT(out_.str(), HasSubstr(" at seed 7: ")) << err_.str();
}

TEST_F(Exploring, AViolationIsMadeSmallToldAndReplayed) {
  EXPECT_EQ(explore_with({shipped("history/shared-slots.json"), "--seeds", "1000"}),
            ExitStatus::invariant_violated);
  EXPECT_THAT(out_.str(),
              AllOf(HasSubstr("violated   own_wallet_only at seed 1"),
                    HasSubstr("to 2 escrows, 3 instances, 0 faults, latency none, schedule fifo"),
                    HasSubstr("escrowstorm replay " + replay_file().string()),
                    HasSubstr("slot: escrow_0_buyer -> escrow_1_buyer")));

  EXPECT_EQ(replay(replay_file()), ExitStatus::invariant_violated);
  EXPECT_THAT(out_.str(), AllOf(HasSubstr(", as recorded"), HasSubstr("VIOLATED own_wallet_only")));
  EXPECT_EQ(err_.str(), "");
  EXPECT_TRUE(fs::exists(scratch_.path() / "replayed" / "events.jsonl"));
}

TEST_F(Exploring, GoingOnItFindsTheOthersToo) {
  EXPECT_EQ(explore_with({shipped("history/shared-slots.json"), "--seeds", "3", "--keep-going"}),
            ExitStatus::invariant_violated);
  EXPECT_TRUE(fs::exists(replay_file()));
  EXPECT_TRUE(fs::exists(folder() / "replay-leased_once-1.json"));
  EXPECT_THAT(out_.str(), HasSubstr("3 of 3 seeds"));
}

TEST_F(Exploring, AReplayThatIsAnotherRunSaysSo) {
  explore_with({shipped("history/shared-slots.json")});
  json changed = replay_json();
  changed["replay"]["digest"] = "0000000000000000";
  write_replay_json(changed);
  EXPECT_EQ(replay(replay_file()), ExitStatus::own_failure);
  EXPECT_THAT(err_.str(), HasSubstr("the run is not the recorded one"));
}

TEST_F(Exploring, AReplayOfWhatIsMendedIsAPass) {
  explore_with({shipped("history/shared-slots.json")});
  json changed = replay_json();
  changed["scenario"]["coordinator"]["slots"] = "exclusive_lease";
  write_replay_json(changed);
  EXPECT_EQ(replay(replay_file()), ExitStatus::pass);
  EXPECT_THAT(out_.str(), HasSubstr("holds      own_wallet_only"));
}

// Half a run shows neither that the invariant holds nor that the run is another.
TEST_F(Exploring, AReplayThatIsInterruptedSaysSo) {
  const fs::path file = scratch_.path() / "long.json";
  auto scenario = std::get<Scenario>(load_scenario(shipped("storms/thousand.json")));
  scenario.storm.escrows = 10'000;
  write_replay(file, {"own_wallet_only", "", "0123456789abcdef", scenario});
  const SignalWatch survives;
  std::raise(SIGINT);
  EXPECT_EQ(replay(file), ExitStatus::interrupted);
  EXPECT_THAT(out_.str(), Not(HasSubstr("holds")));
  EXPECT_THAT(err_.str(), HasSubstr("interrupted"));
}

TEST_F(Exploring, ASituationThatWasNeverMetIsAMissIfAskedFor) {
  EXPECT_EQ(explore_with({shipped("storms/first.json"), "--seeds", "2", "--require-probes"}),
            ExitStatus::threshold_missed);
  EXPECT_THAT(err_.str(), HasSubstr("was not met"));
  EXPECT_THAT(out_.str(), AllOf(HasSubstr("never  a call ran out of time\n"),
                                HasSubstr("not here  it needs escrows that are paid\n")));
}

TEST_F(Exploring, EndsWhenItsTimeIsOver) {
  EXPECT_EQ(explore_with({shipped("storms/first.json"), "--seeds", "1000000", "--for", "1ms"}),
            ExitStatus::pass);
  EXPECT_THAT(out_.str(), Not(HasSubstr("1000000 of")));
}

TEST_F(Exploring, AFolderThatCantBeMadeIsALine) {
  std::ofstream(folder()) << "a file";
  EXPECT_EQ(explore_with({shipped("history/shared-slots.json")}), ExitStatus::own_failure);
  EXPECT_THAT(err_.str(),
              HasSubstr(folder().string() + ": it or what it would lie in is no folder"));
}

TEST_F(Exploring, BadFilesAreBadUsage) {
  EXPECT_EQ(explore_with({"nowhere.json"}), ExitStatus::bad_usage);
  EXPECT_EQ(replay(shipped("storms/first.json")), ExitStatus::bad_usage);
  EXPECT_THAT(err_.str(), HasSubstr("is no replay file"));
  EXPECT_EQ(replay("nowhere.json"), ExitStatus::bad_usage);
}

TEST(ExploreOptions, WrongOnesAreRefused) {
  for (const std::vector<std::string>& arguments :
       {std::vector<std::string>{"explore"},
        {"explore", "x.json", "--seeds", "0"},
        {"explore", "x.json", "--seeds", "many"},
        {"explore", "x.json", "--seed", "18446744073709551615", "--seeds", "2"},
        {"explore", "x.json", "--jobs", "0"},
        {"explore", "x.json", "--for", "10"},
        {"explore", "x.json", "--world", "mock"},
        {"explore", "x.json", "--set", "storm"},
        {"replay"},
        {"replay", "a", "b"}}) {
    const Command command = read_command_line(arguments);
    ASSERT_TRUE(std::holds_alternative<Answered>(command)) << arguments.back();
    EXPECT_TRUE(std::get<Answered>(command).is_error) << arguments.back();
    EXPECT_THAT(std::get<Answered>(command).text, HasSubstr("--help"));
  }
}

TEST(ExploreOptions, HelpTeaches) {
  for (const char* command : {"explore", "replay"}) {
    const Command read = read_command_line({command, "--help"});
    ASSERT_TRUE(std::holds_alternative<Answered>(read));
    EXPECT_FALSE(std::get<Answered>(read).is_error);
    EXPECT_THAT(std::get<Answered>(read).text, HasSubstr("Exit status"));
  }
}

}  // namespace
}  // namespace escrowstorm::sim
