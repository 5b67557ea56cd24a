// What cannot work ends in a line for each fault, the right status, and nothing left running.
#include <gmock/gmock.h>
#include <gtest/gtest.h>

#include <algorithm>
#include <filesystem>
#include <ostream>

#include "sim/process/loopback_ports.hpp"
#include "tests/e2e/sandbox.hpp"

namespace escrowstorm::e2e {
namespace {

namespace fs = std::filesystem;
using testing::AllOf;
using testing::ContainsRegex;
using testing::HasSubstr;

std::ptrdiff_t lines_of(const std::string& text) { return std::ranges::count(text, '\n'); }

struct BadScenario {
  std::string name;
  std::string text;
  std::string complaint;  // its place and what was expected
  int lines = 1;
};

void PrintTo(const BadScenario& scenario, std::ostream* out) { *out << scenario.name; }

class BadScenarios : public Sandbox, public testing::WithParamInterface<BadScenario> {};

TEST_P(BadScenarios, AreRefusedWithTheirPlace) {
  write("x.json", GetParam().text);
  EXPECT_EQ(escrowstorm({"x.json"}), 2);
  EXPECT_THAT(err_,
              AllOf(ContainsRegex("^x\\.json:[0-9]+:[0-9]+: "), HasSubstr(GetParam().complaint)));
  EXPECT_EQ(lines_of(err_), GetParam().lines) << err_;
  EXPECT_EQ(out_, "");
  EXPECT_FALSE(fs::exists(folder() / "out"));
}

INSTANTIATE_TEST_SUITE_P(
    , BadScenarios,
    testing::Values(BadScenario{"no_json", R"({"name": "x",)", "x.json:1:14"},
                    BadScenario{"empty", "", "x.json:1:1"},
                    BadScenario{"unknown_key", R"({"name": "x", "flet": {}})", "flet: unknown key"},
                    BadScenario{"wrong_type", R"({"name": "x", "storm": {"escrows": "ten"}})",
                                "storm.escrows: expected"},
                    BadScenario{"negative", R"({"name": "x", "storm": {"escrows": -1}})",
                                "found -1"},
                    BadScenario{"two_instances", R"({"name": "x", "fleet": {"instances": 2}})",
                                "fleet.instances: expected at least 3"},
                    BadScenario{"all_at_once",
                                "{\"name\": 5,\n \"fleet\": {\"instances\": 2, \"x\": 1},\n"
                                " \"storm\": {\"escrows\": 1.5}}",
                                "x.json:3:", 4}),
    [](const auto& test) { return test.param.name; });

class BadUsage : public Sandbox {};

TEST_F(BadUsage, IsToldInOneLineWithTheRemedy) {
  EXPECT_EQ(escrowstorm({"run", "nowhere.json"}), 2);
  EXPECT_EQ(err_, "nowhere.json: cannot be read: No such file or directory\n");
  EXPECT_EQ(escrowstorm({"--world", "moon"}), 2);
  EXPECT_THAT(err_, HasSubstr("\"mock\", \"regtest\", \"live\""));
  EXPECT_EQ(escrowstorm({"--set", "fleet.latency=/no/such.json"}), 2);
  EXPECT_THAT(err_, HasSubstr("/no/such.json: cannot be read"));
  EXPECT_EQ(lines_of(err_), 1);
  EXPECT_EQ(escrowstorm({"--no-such-option"}), 2);
  EXPECT_THAT(err_, HasSubstr("--no-such-option"));
  EXPECT_EQ(escrowstorm({"--world", "live", "--rpc", "http://127.0.0.1:1"}), 2);
  EXPECT_THAT(err_, HasSubstr("at least three instances; --rpc URL was given"));
}

TEST_F(BadUsage, MissingProgramsAreNamed) {
  EXPECT_EQ(escrowstorm({"--world", "regtest", "--monero-bin", "/nowhere"}), 6);
  EXPECT_THAT(err_,
              AllOf(HasSubstr("monerod not found in /nowhere"), HasSubstr("apt-get install")));
}

TEST_F(BadUsage, ATakenPortIsNamed) {
  RandomStream random(1);
  const sim::LoopbackPorts ports(1, random);
  const std::string port = std::to_string(ports[0]);
  const auto first = start("mock-wallet-rpc", {"--rpc-bind-port", port});
  ASSERT_TRUE(first->says("answers on 127.0.0.1:" + port)) << first->err();
  const auto second = start("mock-wallet-rpc", {"--rpc-bind-port", port, "--wallet-dir", "w"});
  EXPECT_EQ(second->wait(), 6);
  EXPECT_THAT(second->err(), HasSubstr("127.0.0.1:" + port));
}

// The trace goes to a device that is always full.
TEST_F(BadUsage, AFullDiskLeavesTheSummaryOnTheTerminal) {
  fs::create_directories(folder() / "out");
  fs::create_symlink("/dev/full", folder() / "out/events.jsonl");
  EXPECT_EQ(escrowstorm({"--quiet", "--set", "fleet.latency=none"}), 1);
  EXPECT_THAT(err_, HasSubstr("out/events.jsonl: No space left on device"));
  EXPECT_EQ(lines_of(err_), 1) << err_;
  EXPECT_THAT(out_, HasSubstr("10 ready, 0 failed"));
}

TEST_F(BadUsage, ASummaryThatNobodyCanReadIsAFailure) {
  for (const std::string program : {"escrowstorm", "mock-wallet-rpc"}) {
    Program::Start how;
    how.program = "/bin/sh";
    how.arguments = {"-c", "exec \"$@\" >/dev/full", "sh", fs::path(ESCROWSTORM_BIN_DIR) / program};
    if (program == "escrowstorm")
      how.arguments.insert(how.arguments.end(),
                           {source_path("scenarios/storms/first.json"), "--quiet", "--out", "out",
                            "--set", "fleet.latency=none"});
    else
      how.arguments.insert(how.arguments.end(), {"--rpc-bind-port", "0"});
    how.folder = folder();
    how.environment["TMPDIR"] = tmpdir().string();
    Program unheard(how);
    EXPECT_EQ(unheard.wait(), 1);
    EXPECT_THAT(unheard.err(), HasSubstr(program + ": standard output"));
  }
}

// No file may grow beyond 64 KiB: neither the coordinator's database nor the trace.
TEST_F(BadUsage, ADiskThatFillsUpFailsTheEscrowsAndTheRun) {
  Program::Start how;
  how.program = "/bin/sh";
  how.arguments = {"-c",
                   "ulimit -f 128; exec \"$@\"",
                   "sh",
                   fs::path(ESCROWSTORM_BIN_DIR) / "escrowstorm",
                   source_path("scenarios/storms/first.json"),
                   "--quiet",
                   "--out",
                   "out",
                   "--escrows",
                   "100",
                   "--set",
                   "fleet.latency=none"};
  how.folder = folder();
  how.environment["TMPDIR"] = tmpdir().string();
  Program limited(how);
  EXPECT_EQ(limited.wait(), 1);
  EXPECT_EQ(limited.err(),
            "escrowstorm: out/events.jsonl: File too large: the trace is not complete\n");
  EXPECT_THAT(limited.out(), HasSubstr(" failed of 100"));
}

}  // namespace
}  // namespace escrowstorm::e2e
