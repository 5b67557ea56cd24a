// `capacity` as a whole: what it prints and its exit statuses.
#include <gmock/gmock.h>
#include <gtest/gtest.h>

#include <csignal>
#include <nlohmann/json.hpp>
#include <sstream>
#include <variant>

#include "sim/cli/capacity.hpp"
#include "sim/cli/command_line.hpp"
#include "sim/process/signal_watch.hpp"

namespace escrowstorm::sim {
namespace {

using testing::AllOf;
using testing::HasSubstr;

class MeasuringCapacity : public testing::Test {
 protected:
  static std::string of_capacity(const std::string& name) {
    return ESCROWSTORM_SOURCE_DIR "/scenarios/capacity/" + name + ".json";
  }

  // Few escrows, roughly: chance has no part in these scenarios.
  ExitStatus capacity_with(std::vector<std::string> arguments) {
    arguments.insert(arguments.begin(), "capacity");
    arguments.insert(arguments.end(), {"--quiet", "--runs", "1", "--step", "50"});
    return run_capacity(std::get<CapacityCommand>(read_command_line(arguments)), out_, err_);
  }

  std::ostringstream out_;
  std::ostringstream err_;
};

TEST_F(MeasuringCapacity, SaysHowManyAndWhatLimitsThem) {
  EXPECT_EQ(capacity_with({of_capacity("lock"), "--escrows", "15", "--at-once-max", "8"}),
            ExitStatus::pass);
  EXPECT_THAT(out_.str(), AllOf(HasSubstr("lock: 30 instances on 8 cores, 1 run of each load"),
                                HasSubstr("at once     3 carried, 4 not: setup_ms.max < 10s: "),
                                HasSubstr("per minute  20.0 carried"),
                                HasSubstr("limit at once: creation_lock\n"),
                                HasSubstr("limit per minute: creation_lock\n"),
                                HasSubstr("as it is"), HasSubstr("twice the instances"),
                                HasSubstr("1.3 GiB of memory (at 45 MiB an instance")));
  EXPECT_EQ(err_.str(), "");
}

TEST_F(MeasuringCapacity, JsonIsAllThatIsPrintedAndTheSameOnAnyNumberOfThreads) {
  const std::vector<std::string> plain{of_capacity("slots"), "--escrows", "12", "--json", "--set",
                                       "fleet.instances=6"};
  capacity_with(plain);
  const std::string whole = out_.str();
  out_.str("");
  std::vector<std::string> threads = plain;
  threads.insert(threads.end(), {"--jobs", "3"});
  capacity_with(threads);
  EXPECT_EQ(out_.str(), whole);
  const auto json = nlohmann::json::parse(whole);
  EXPECT_EQ(json["at_once"]["carried"], 2);
  EXPECT_EQ(json["at_once"]["failed"], 3);
  EXPECT_EQ(json["at_once"]["limit"]["parts"], nlohmann::json({"slots"}));
  EXPECT_EQ(json["at_once"]["at_failed"]["failed_by"]["criterion"], "setup_ms.max < 1500ms");
  EXPECT_GT(json["per_minute"]["carried"], 0);
}

TEST_F(MeasuringCapacity, AFleetIsAdvised) {
  EXPECT_EQ(capacity_with({of_capacity("slots"), "--escrows", "12", "--per-minute", "240"}),
            ExitStatus::pass);
  EXPECT_THAT(out_.str(), HasSubstr("for 240 a minute  1"));
}

TEST_F(MeasuringCapacity, WhatNobodyCarriesIsSaid) {
  EXPECT_EQ(capacity_with({of_capacity("slots"), "--escrows", "5", "--set",
                           "thresholds=[\"setup_ms.max < 1ms\"]"}),
            ExitStatus::threshold_missed);
  EXPECT_THAT(out_.str(), AllOf(HasSubstr("not even 1: setup_ms.max < 1ms: 1.0"),
                                HasSubstr("none of these parts")));
}

TEST_F(MeasuringCapacity, WhatIsNotKnownForWantOfTimeIsSaid) {
  EXPECT_EQ(capacity_with({of_capacity("slots"), "--escrows", "5", "--for", "1us"}),
            ExitStatus::threshold_missed);
  EXPECT_THAT(out_.str(), HasSubstr("There was no time for more."));
}

TEST_F(MeasuringCapacity, IsInterrupted) {
  SignalWatch watch;
  std::raise(SIGINT);
  EXPECT_EQ(capacity_with({of_capacity("slots"), "--escrows", "5"}), ExitStatus::interrupted);
}

TEST_F(MeasuringCapacity, AScenarioOfCallsIsRefused) {
  EXPECT_EQ(capacity_with({ESCROWSTORM_SOURCE_DIR "/scenarios/storms/calls.json"}),
            ExitStatus::bad_usage);
  EXPECT_THAT(err_.str(), HasSubstr("has no escrows"));
}

TEST(CapacityOptions, WrongOnesAreRefused) {
  const auto said = [](std::vector<std::string> arguments) {
    arguments.insert(arguments.begin(), "capacity");
    const Command command = read_command_line(arguments);
    const auto* answered = std::get_if<Answered>(&command);
    return answered && answered->is_error ? answered->text : "taken";
  };
  EXPECT_THAT(said({}), HasSubstr("SCENARIO is required"));
  EXPECT_THAT(said({"x.json", "--runs", "0"}), HasSubstr("--runs"));
  EXPECT_THAT(said({"x.json", "--step", "0"}), HasSubstr("--step"));
  EXPECT_THAT(said({"x.json", "--per-minute", "0"}), HasSubstr("--per-minute"));
  EXPECT_THAT(said({"x.json", "--at-once-max", "0"}), HasSubstr("--at-once-max"));
  EXPECT_THAT(said({"x.json", "--for", "soon"}), HasSubstr("--for soon"));
  EXPECT_THAT(said({"x.json", "--seed", "18446744073709551615"}), HasSubstr("there are not"));
}

TEST(CapacityOptions, HelpTeaches) {
  const Command command = read_command_line({"capacity", "--help"});
  EXPECT_THAT(std::get<Answered>(command).text,
              AllOf(HasSubstr("--per-minute 300"), HasSubstr("slots")));
}

}  // namespace
}  // namespace escrowstorm::sim
