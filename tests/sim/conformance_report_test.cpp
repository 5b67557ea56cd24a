// What `escrowstorm conformance` reads and what it says, without a fleet.
#include <gmock/gmock.h>
#include <gtest/gtest.h>

#include <nlohmann/json.hpp>
#include <variant>

#include "sim/cli/command_line.hpp"
#include "sim/conformance/report.hpp"
#include "sim/world/wallet_rpc_versions.hpp"

namespace escrowstorm::sim {
namespace {

using testing::ElementsAre;
using testing::HasSubstr;

TEST(WalletRpcVersions, AReleaseLiesInTheRangeOfItsFigure) {
  EXPECT_TRUE(is_release_of("0.18.0.0", 65561));
  EXPECT_TRUE(is_release_of("0.18.1.1", 65561));
  EXPECT_FALSE(is_release_of("0.18.1.2", 65561));
  EXPECT_TRUE(is_release_of("0.18.4.0", 65564));
  EXPECT_FALSE(is_release_of("0.18.4.1", 65564));
  EXPECT_FALSE(is_release_of("0.18.4.0", 1));
}

PlayedTranscript failed() {
  PlayedTranscript played;
  played.file = "t/slots.json";
  played.name = "slots";
  played.steps = 4;
  played.took = std::chrono::milliseconds(215);
  played.differences = {{0, "a"}, {3, "get_height on instance 0: expected 1, came\n2"}, {5, "c"}};
  return played;
}

TEST(ConformanceReport, NamesTheStepsThatDiffer) {
  EXPECT_EQ(lines_of(failed()),
            "FAIL  slots                             4 steps, 215 ms\n"
            "      before it began: a\n"
            "      step 3: get_height on instance 0: expected 1, came?2\n"
            "      at its end: c\n");
}

TEST(ConformanceReport, CountsWhatPassedAndWhatWasNotPlayed) {
  PlayedTranscript passed = failed();
  passed.differences.clear();
  const std::vector<PlayedTranscript> played{passed, failed()};
  EXPECT_EQ(conclusion(played, 4), "1 of 4 transcripts passed; 3 differences in 1; 2 not played");
  EXPECT_FALSE(all_passed(played, 4));
  EXPECT_TRUE(all_passed(std::vector<PlayedTranscript>{passed}, 1));
  EXPECT_FALSE(all_passed(std::vector<PlayedTranscript>{passed}, 2));
  const auto json = to_json(played, 4);
  EXPECT_EQ(json["verdict"], "fail");
  EXPECT_EQ(json["not_played"], 2);
  EXPECT_EQ(json["transcripts"][1]["differences"][1]["step"], 3);
}

TEST(ConformanceOptions, TakesEveryOption) {
  const auto read =
      read_command_line({"conformance", "a", "b.json", "--rpc", "http://h:1", "--rpc", "h:2",
                         "--daemon", "h:3", "--wallet-dir", "/w", "--json", "o.json", "--quiet",
                         "--rpc-login-file", "l", "--rpc-any-certificate"});
  const auto& command = std::get<ConformanceCommand>(read);
  EXPECT_THAT(command.transcripts, ElementsAre("a", "b.json"));
  EXPECT_THAT(command.rpc, ElementsAre(http::Endpoint{"h", 1}, http::Endpoint{"h", 2}));
  EXPECT_EQ(command.daemon, (http::Endpoint{"h", 3}));
  EXPECT_EQ(command.wallet_dir, "/w");
  EXPECT_EQ(command.json, "o.json");
  EXPECT_TRUE(command.quiet);
  EXPECT_EQ(command.access.login_file, "l");
  EXPECT_TRUE(command.access.any_certificate);
}

TEST(ConformanceOptions, RefusesWithTheRemedy) {
  const auto refusal = [](std::vector<std::string> arguments) {
    arguments.insert(arguments.begin(), "conformance");
    const auto read = read_command_line(std::move(arguments));
    const auto* answered = std::get_if<Answered>(&read);
    return answered && answered->is_error ? answered->text : "taken";
  };
  EXPECT_THAT(refusal({}), HasSubstr("DIR is required"));
  EXPECT_THAT(refusal({"a"}), HasSubstr("--rpc URL is missing"));
  EXPECT_THAT(refusal({"a", "--rpc", "h"}), HasSubstr("--rpc h has no port"));
  EXPECT_THAT(refusal({"a", "--rpc", "h:1", "--rpc", "h:1"}), HasSubstr("was given twice"));
  EXPECT_THAT(refusal({"a", "--rpc", "h:1", "--daemon", "x"}), HasSubstr("--daemon x has no port"));
  EXPECT_THAT(refusal({"a", "--rpc", "h:1", "--nope"}), HasSubstr("--nope"));
  EXPECT_THAT(refusal({"a", "--rpc", "h", "--rpc", "i", "--daemon", "x"}),
              testing::StartsWith("escrowstorm: --rpc h has no port\nescrowstorm: --rpc i has no "
                                  "port\nescrowstorm: --daemon x has no port\n"));
}

}  // namespace
}  // namespace escrowstorm::sim
