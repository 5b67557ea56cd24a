// What cannot work ends in a line for each fault, the right status, and nothing left running.
#include <gmock/gmock.h>
#include <gtest/gtest.h>

#include <algorithm>
#include <filesystem>

#include "sim/process/loopback_ports.hpp"
#include "tests/e2e/bad_scenarios.hpp"
#include "tests/e2e/sandbox.hpp"

namespace escrowstorm::e2e {
namespace {

namespace fs = std::filesystem;
using testing::AllOf;
using testing::ContainsRegex;
using testing::HasSubstr;
using testing::Not;

std::ptrdiff_t lines_of(const std::string& text) { return std::ranges::count(text, '\n'); }

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

INSTANTIATE_TEST_SUITE_P(, BadScenarios, testing::ValuesIn(bad_scenarios()),
                         [](const auto& test) { return test.param.name; });

class BadUsage : public Sandbox {};

TEST_F(BadUsage, IsToldInOneLineWithTheRemedy) {
  EXPECT_EQ(escrowstorm({"run", "nowhere.json"}), 2);
  EXPECT_EQ(err_, "nowhere.json: cannot be read: No such file or directory\n");
  EXPECT_EQ(escrowstorm({"--world", "moon"}), 2);
  EXPECT_THAT(err_, HasSubstr("\"virtual\", \"mock\", \"regtest\", \"live\""));
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

// A line of bash decides what surrounds the program: "$@".
class Surrounded : public Sandbox {
 protected:
  int run(const std::string& line, const std::string& program, std::vector<std::string> arguments) {
    arguments.insert(arguments.begin(),
                     {"-c", line, "bash", fs::path(ESCROWSTORM_BIN_DIR) / program});
    Program::Start how;
    how.program = "/bin/bash";
    how.arguments = std::move(arguments);
    how.folder = folder();
    how.environment["TMPDIR"] = tmpdir().string();
    Program surrounded(how);
    const int status = surrounded.wait();
    out_ = surrounded.out();
    err_ = surrounded.err();
    return status;
  }

  int run_storm(const std::string& line, std::vector<std::string> more = {}) {
    more.insert(more.begin(), {source_path("scenarios/storms/first.json"), "--quiet", "--out",
                               "out", "--set", "fleet.latency=none"});
    return run(line, "escrowstorm", std::move(more));
  }
};

TEST_F(Surrounded, ASummaryThatNobodyCanReadIsAFailure) {
  const std::string full_device = "exec \"$@\" >/dev/full";
  const std::string lost = ": standard output: No space left on device";
  EXPECT_EQ(run_storm(full_device), 1);
  EXPECT_THAT(err_, HasSubstr("escrowstorm" + lost));
  EXPECT_EQ(lines_of(err_), 1) << err_;
  // Also where the status would have been another one.
  EXPECT_EQ(run_storm(full_device, {"--set", R"(thresholds=["escrows.ready > 1000"])"}), 1);
  EXPECT_EQ(run(full_device, "escrowstorm", {"--help"}), 1);
  EXPECT_THAT(err_, HasSubstr("escrowstorm" + lost));
  EXPECT_EQ(lines_of(err_), 1) << err_;
  EXPECT_EQ(run(full_device, "mock-wallet-rpc", {"--rpc-bind-port", "0"}), 1);
  EXPECT_THAT(err_, HasSubstr("mock-wallet-rpc: standard output"));
}

// What is sent to a port where nobody listens fails every other time, beginning with the second.
TEST_F(Surrounded, ASummaryThatIsLostOnceIsAFailure) {
  const std::string every_other_time = "exec >/dev/udp/127.0.0.1/1; echo; exec \"$@\"";
  EXPECT_EQ(run_storm(every_other_time), 1);
  EXPECT_THAT(err_, HasSubstr("escrowstorm: standard output: "));
  EXPECT_EQ(lines_of(err_), 1) << err_;
}

TEST_F(Surrounded, AReaderThatGoesAwayIsNoFailure) {
  const std::string nobody_reads = "exec > >(:); wait $!; exec \"$@\"";
  EXPECT_EQ(run_storm(nobody_reads), 0);
  EXPECT_EQ(run(nobody_reads, "escrowstorm", {"--help"}), 0);
  EXPECT_EQ(err_, "");
}

// The trace is a pipe that is read, and stops the storm, only when the summary has become a device
// that is always full.
TEST_F(Surrounded, ASummaryThatCouldNotBeWrittenIsNotAmongTheFiles) {
  const std::string full_at_the_end =
      "mkdir out; mkfifo out/events.jsonl;"
      "{ read line; ln -s /dev/full out/summary.json; cat >/dev/null; } <out/events.jsonl &"
      "exec \"$@\"";
  EXPECT_EQ(run_storm(full_at_the_end, {"--escrows", "100"}), 1);
  EXPECT_THAT(out_, AllOf(HasSubstr("100 ready, 0 failed of 100"), Not(HasSubstr("files"))));
  EXPECT_EQ(err_, "escrowstorm: out/summary.json: cannot be written: No space left on device\n");
}

// No file may grow beyond 64 KiB: neither the coordinator's database nor the trace.
TEST_F(Surrounded, ADiskThatFillsUpFailsTheEscrowsAndTheRun) {
  EXPECT_EQ(run_storm("ulimit -f 64; exec \"$@\"", {"--escrows", "100"}), 1);
  EXPECT_EQ(err_, "escrowstorm: out/events.jsonl: File too large: the trace is not complete\n");
  EXPECT_THAT(out_, HasSubstr(" failed of 100"));
}

}  // namespace
}  // namespace escrowstorm::e2e
