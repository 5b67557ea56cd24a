// The command line of `calibrate`. What it does is in tests/e2e/calibrate_test.cpp.
#include <gmock/gmock.h>
#include <gtest/gtest.h>

#include <variant>

#include "sim/cli/command_line.hpp"

namespace escrowstorm::sim {
namespace {

using testing::AllOf;
using testing::HasSubstr;

constexpr const char* first_rpc = "http://127.0.0.1:1";

std::vector<std::string> with_three(std::vector<std::string> more) {
  std::vector<std::string> arguments{"calibrate",          "--rpc", first_rpc,           "--rpc",
                                     "http://127.0.0.1:2", "--rpc", "http://127.0.0.1:3"};
  arguments.insert(arguments.end(), more.begin(), more.end());
  return arguments;
}

std::string said_to(const std::vector<std::string>& arguments) {
  const Command command = read_command_line(arguments);
  const auto* answered = std::get_if<Answered>(&command);
  return answered && answered->is_error ? answered->text : "taken";
}

TEST(CalibrateOptions, AreRead) {
  const auto command = std::get<CalibrateCommand>(
      read_command_line(with_three({"--out", "x.json", "--daemon", "http://127.0.0.1:9", "--rounds",
                                    "7", "--json", "--allow-mainnet"})));
  EXPECT_EQ(command.rpc.size(), 3u);
  EXPECT_EQ(command.daemon->port, 9);
  EXPECT_EQ(command.out, "x.json");
  EXPECT_EQ(command.rounds, 7u);
  EXPECT_TRUE(command.json);
  EXPECT_TRUE(command.allow_mainnet);
  EXPECT_FALSE(command.allow_unknown_version);
}

TEST(CalibrateOptions, WrongOnesAreRefusedAllAtOnce) {
  EXPECT_THAT(said_to({"calibrate"}), AllOf(HasSubstr("--out FILE.json is missing"),
                                            HasSubstr("--rpc: an escrow needs at least three")));
  EXPECT_THAT(said_to(with_three({"--out", "x"})), HasSubstr("--out x: expected a name that ends"));
  EXPECT_THAT(said_to(with_three({"--out", "x.json", "--rpc", first_rpc})),
              HasSubstr("--rpc: http://127.0.0.1:1 was given twice"));
  EXPECT_THAT(said_to(with_three({"--out", "x.json", "--daemon", "ftp://a"})),
              HasSubstr("--daemon ftp://a"));
  EXPECT_THAT(said_to(with_three({"--out", "x.json", "--rounds", "0"})), HasSubstr("--rounds"));
  EXPECT_THAT(said_to(with_three({"--out", "x.json", "more"})), HasSubstr("more"));
}

TEST(CalibrateOptions, HelpTeaches) {
  const Command command = read_command_line({"calibrate", "--help"});
  EXPECT_THAT(std::get<Answered>(command).text,
              AllOf(HasSubstr("--daemon"), HasSubstr("fleet.latency"), HasSubstr("Exit status"),
                    HasSubstr("leaves no wallet open")));
}

}  // namespace
}  // namespace escrowstorm::sim
