// `ablate` as a whole: what it prints, the files it leaves, its exit statuses.
#include <gmock/gmock.h>
#include <gtest/gtest.h>

#include <csignal>
#include <fstream>
#include <nlohmann/json.hpp>
#include <sstream>
#include <variant>

#include "sim/cli/ablate.hpp"
#include "sim/cli/command_line.hpp"
#include "sim/explore/replay_file.hpp"
#include "sim/explore/virtual_run.hpp"
#include "sim/process/scratch_dir.hpp"
#include "sim/process/signal_watch.hpp"
#include "sim/scenario/reader.hpp"

namespace escrowstorm::sim {
namespace {

namespace fs = std::filesystem;
using testing::AllOf;
using testing::HasSubstr;

class Ablating : public testing::Test {
 protected:
  static std::string history(const std::string& name) {
    return ESCROWSTORM_SOURCE_DIR "/scenarios/history/" + name + ".json";
  }
  fs::path folder() const { return scratch_.path() / "found"; }

  ExitStatus ablate_with(std::vector<std::string> arguments) {
    arguments.insert(arguments.begin(), "ablate");
    arguments.insert(arguments.end(), {"--quiet", "--out", folder().string()});
    return run_ablate(std::get<AblateCommand>(read_command_line(arguments)), out_, err_);
  }

  ScratchDir scratch_;
  std::ostringstream out_;
  std::ostringstream err_;
};

TEST_F(Ablating, SaysWhichWaitCanGoAndWhyNotTheOther) {
  EXPECT_EQ(ablate_with({history("003-stagger-and-purge"), "--runs", "20"}), ExitStatus::pass);
  EXPECT_THAT(out_.str(), AllOf(HasSubstr("unsafe to remove, needs at least "),
                                HasSubstr("safe to remove: no failure in 20 runs: below 14 %"),
                                HasSubstr("the least that holds"), HasSubstr("\nsaves "),
                                HasSubstr(" of the storm\n"), HasSubstr("escrowstorm replay "),
                                HasSubstr("VIOLATED")));
  EXPECT_EQ(err_.str(), "");
}

TEST_F(Ablating, TheReplayFileFailsAgain) {
  ablate_with({history("004-waits"), "--runs", "20"});
  EXPECT_THAT(out_.str(), HasSubstr("useless: it fails with it as without it"));
  std::size_t files = 0;
  for (const auto& entry : fs::directory_iterator(folder())) {
    ++files;
    const Replay replay = std::get<Replay>(load_replay(entry.path()));
    const VirtualOutcome outcome = run_virtually(replay.scenario);
    EXPECT_EQ(outcome.digest, replay.digest);
    EXPECT_TRUE(outcome.violation_of(replay.invariant));
  }
  EXPECT_EQ(files, 1u);
}

// A wallet that is called multisig for 6 s fails its set-up, which breaks no invariant.
TEST_F(Ablating, AnEscrowThatFailsIsToldAndRunsAgainToo) {
  const fs::path file = scratch_.path() / "polluted.json";
  std::ofstream(file) << R"({"name": "polluted", "fleet": {"instances": 3, "latency": "none"},
      "coordinator": {"purge_wait": "10s", "setup_attempts": 1},
      "storm": {"escrows": 2, "concurrency": 1},
      "faults": [{"fault": "cache_pollution", "lasts": "6s"}]})";
  EXPECT_EQ(ablate_with({file.string(), "--runs", "3"}), ExitStatus::pass);
  const fs::path failing = folder() / "failing-polluted-1.json";
  EXPECT_THAT(out_.str(), AllOf(HasSubstr("failed     "), HasSubstr("shrunk     to 2 escrows,"),
                                HasSubstr("again      escrowstorm run " + failing.string()),
                                HasSubstr("escrow 1 FAILED: ")));
  const VirtualOutcome outcome = run_virtually(std::get<Scenario>(load_scenario(failing)));
  EXPECT_EQ(outcome.failures.at(0).count, 1u);
}

TEST_F(Ablating, JsonIsAllThatIsPrinted) {
  EXPECT_EQ(ablate_with({history("003-stagger-and-purge"), "--runs", "20", "--json"}),
            ExitStatus::pass);
  const auto json = nlohmann::json::parse(out_.str());
  ASSERT_EQ(json["waits"].size(), 2u);
  EXPECT_EQ(json["waits"][0]["verdict"], "unsafe");
  EXPECT_GT(json["waits"][0]["holds_ms"], json["waits"][0]["fails_ms"]);
  EXPECT_EQ(json["waits"][1]["verdict"], "safe");
  EXPECT_EQ(json["waits"][1]["without"]["failures"], 0);
  EXPECT_LT(json["with_least"]["makespan_ms"], json["as_is"]["makespan_ms"]);
  EXPECT_FALSE(fs::exists(folder()));
}

TEST_F(Ablating, NoThresholdEndsItsRunsEarly) {
  const std::vector<std::string> plain{
      history("003-stagger-and-purge"), "--runs", "5", "--json", "--set", "storm.concurrency=1"};
  ablate_with(plain);
  const std::string whole = out_.str();
  out_.str("");
  std::vector<std::string> aborting = plain;
  aborting.insert(aborting.end(), {"--set",
                                   "thresholds=[{\"threshold\": \"rpc.create_wallet.count < 3\", "
                                   "\"abort\": true}]"});
  ablate_with(aborting);
  EXPECT_EQ(out_.str(), whole);
}

TEST_F(Ablating, TheSameOnAnyNumberOfThreads) {
  ablate_with({history("003-stagger-and-purge"), "--runs", "20", "--json", "--jobs", "1"});
  const std::string alone = out_.str();
  out_.str("");
  ablate_with({history("003-stagger-and-purge"), "--runs", "20", "--json", "--jobs", "3"});
  EXPECT_EQ(out_.str(), alone);
}

TEST_F(Ablating, AScenarioWithNothingToTakeAwayIsRefused) {
  EXPECT_EQ(ablate_with({history("shared-slots")}), ExitStatus::bad_usage);
  EXPECT_THAT(err_.str(), AllOf(HasSubstr("nothing to take away"),
                                HasSubstr("stagger_between_escrows"), HasSubstr("creation_lock")));
}

TEST_F(Ablating, TheMatrixNeedsNothingToTakeAway) {
  EXPECT_EQ(ablate_with({history("shared-slots"), "--runs", "5", "--matrix"}), ExitStatus::pass);
  EXPECT_THAT(out_.str(), AllOf(HasSubstr("coordinator.slots = exclusive_lease"),
                                HasSubstr("own_wallet_only"), HasSubstr("5 of 5")));
}

TEST_F(Ablating, TheMockWorldConfirmsOverItsSockets) {
  EXPECT_EQ(ablate_with({history("004-waits"), "--runs", "5", "--json", "--matrix", "--confirm",
                         "mock", "--set", "coordinator.slots=exclusive_lease", "--set",
                         "coordinator.wait_after_make=1ms", "--set", "fleet.latency=none"}),
            ExitStatus::pass)
      << err_.str();
  const auto json = nlohmann::json::parse(out_.str());
  EXPECT_EQ(json["waits"][0]["verdict"], "safe");
  EXPECT_EQ(json["confirmation"]["agrees"], true);
  ASSERT_EQ(json["confirmation"]["variants"].size(), 4u);  // with the note's sequential rounds
  EXPECT_GT(json["confirmation"]["variants"][0]["makespan_ms"], 0);
  EXPECT_EQ(json["matrix"][0]["policy"], "as it is");
  EXPECT_EQ(err_.str(), "");
}

TEST_F(Ablating, AWorldThatCantBeSetUpLosesNoVerdict) {
  EXPECT_EQ(ablate_with({history("004-waits"), "--runs", "5", "--json", "--confirm", "regtest",
                         "--monero-bin", "/nowhere"}),
            ExitStatus::world_failed);
  EXPECT_EQ(nlohmann::json::parse(out_.str())["waits"][0]["verdict"], "useless");
  EXPECT_THAT(err_.str(), HasSubstr("/nowhere"));
}

TEST_F(Ablating, RealWalletsHaveNoFaultsToConfirm) {
  EXPECT_EQ(ablate_with({history("004-waits"), "--confirm", "regtest", "--set",
                         R"(faults=[{"fault": "slow_reply", "delay": "1s"}])"}),
            ExitStatus::bad_usage);
  EXPECT_THAT(err_.str(), HasSubstr("--confirm mock"));
}

TEST_F(Ablating, WhatIsNotKnownForWantOfTimeIsSaid) {
  EXPECT_EQ(ablate_with({history("003-stagger-and-purge"), "--runs", "10000000", "--for", "1ms"}),
            ExitStatus::threshold_missed);
  EXPECT_THAT(out_.str(), HasSubstr("not known"));
}

TEST_F(Ablating, IsInterrupted) {
  SignalWatch watch;
  std::raise(SIGINT);
  EXPECT_EQ(ablate_with({history("003-stagger-and-purge"), "--runs", "10000000"}),
            ExitStatus::interrupted);
}

TEST(AblateOptions, WrongOnesAreRefused) {
  const auto said = [](std::vector<std::string> arguments) {
    arguments.insert(arguments.begin(), "ablate");
    const Command command = read_command_line(arguments);
    const auto* answered = std::get_if<Answered>(&command);
    return answered && answered->is_error ? answered->text : "taken";
  };
  EXPECT_THAT(said({}), HasSubstr("SCENARIO is required"));
  EXPECT_THAT(said({"x.json", "--runs", "0"}), HasSubstr("--runs"));
  EXPECT_THAT(said({"x.json", "--step", "5"}), HasSubstr("--step 5"));
  EXPECT_THAT(said({"x.json", "--step", "0s"}), HasSubstr("expected more than nothing"));
  EXPECT_THAT(said({"x.json", "--for", "soon"}), HasSubstr("--for soon"));
  EXPECT_THAT(said({"x.json", "--confirm", "regtets"}), HasSubstr("did you mean \"regtest\"?"));
  EXPECT_THAT(said({"x.json", "--confirm", "virtual"}), HasSubstr("--confirm virtual"));
  EXPECT_THAT(said({"x.json", "--confirm-runs", "2"}), HasSubstr("goes with --confirm"));
  EXPECT_THAT(said({"x.json", "--rpc", "a:1"}), HasSubstr("goes with --confirm live"));
  EXPECT_THAT(said({"x.json", "--seed", "18446744073709551615"}), HasSubstr("there are not"));
}

TEST(AblateOptions, HelpTeaches) {
  const Command command = read_command_line({"ablate", "--help"});
  EXPECT_THAT(std::get<Answered>(command).text,
              AllOf(HasSubstr("003-stagger-and-purge.json"), HasSubstr("useless")));
}

}  // namespace
}  // namespace escrowstorm::sim
