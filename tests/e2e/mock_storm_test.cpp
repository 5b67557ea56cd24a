// Storms against the mock.
#include <gmock/gmock.h>
#include <gtest/gtest.h>
#include <signal.h>

#include <filesystem>
#include <nlohmann/json.hpp>
#include <set>
#include <sstream>
#include <variant>

#include "sim/cli/run.hpp"
#include "tests/e2e/sandbox.hpp"
#include "tests/support/environment.hpp"

namespace escrowstorm::e2e {
namespace {

namespace fs = std::filesystem;
using testing::HasSubstr;

class MockStorm : public Sandbox {};

TEST_F(MockStorm, TheFirstOneIsReady) {
  EXPECT_EQ(escrowstorm({"--set", "fleet.latency=none"}), 0) << err_;
  EXPECT_THAT(out_, HasSubstr("10 ready, 0 failed"));
  EXPECT_EQ(summary()["escrows"]["ready"], 10);
  EXPECT_EQ(summary()["verdict"], "pass");
  EXPECT_EQ(summary()["as_expected"], true);
}

TEST_F(MockStorm, SharedSlotsFailAsTheRealThingDoes) {
  for (int seed = 1; seed <= 20; ++seed) {
    SCOPED_TRACE("seed " + std::to_string(seed));
    EXPECT_EQ(
        escrowstorm({"run", "scenarios/history/shared-slots.json", "--world", "mock", "--seed",
                     std::to_string(seed), "--set", "fleet.latency=" + fast_profile()}),
        4)
        << out_ << err_;
    EXPECT_TRUE(trace_has_error(-28, "This wallet is already multisig"));
    EXPECT_LE(summary()["escrows"]["ready"], 1);
    EXPECT_EQ(summary()["as_expected"], true) << summary();
  }
}

TEST_F(MockStorm, WhoAsksWhoseWalletIsOpenFailsEarlier) {
  EXPECT_EQ(
      escrowstorm({"run", "scenarios/history/shared-slots.json", "--world", "mock", "--set",
                   "coordinator.verify_wallet=true", "--set", "fleet.latency=" + fast_profile()}),
      4)
      << out_ << err_;
  std::set<int> made;
  std::size_t named = 0;
  for (const auto& event : events()) {
    if (event.value("method", "") == "make_multisig") made.insert(event.value("escrow", -1));
  }
  for (const auto& event : events()) {
    if (event["kind"] != "escrow" || event["phase"] != "failed") continue;
    EXPECT_FALSE(made.contains(event.value("escrow", -1))) << "failed after make: " << event;
    if (event.value("message", "").find("met escrow_") != std::string::npos) ++named;
  }
  EXPECT_GE(named, 2u) << out_;
  EXPECT_FALSE(trace_has_error(-28, "This wallet is already multisig"));
}

TEST_F(MockStorm, CtrlCEndsItWithWhatWasMeasured) {
  const auto program = start_escrowstorm({"--set", "storm.escrows=100"});
  ASSERT_TRUE(events_are_written()) << program->err();
  program->signal(SIGINT);
  EXPECT_EQ(program->wait(), 130) << program->err();
  EXPECT_THAT(program->out(), HasSubstr("INTERRUPTED"));
  EXPECT_EQ(summary()["interrupted"], true);
  EXPECT_GT(summary()["escrows"]["unfinished"], 0);
}

// Where each descriptor of this process leads.
std::multiset<std::string> open_descriptors() {
  std::multiset<std::string> all;
  for (const auto& entry : fs::directory_iterator("/proc/self/fd")) {
    std::error_code gone;  // the one that reads the directory
    all.insert(fs::read_symlink(entry.path(), gone).string());
  }
  return all;
}

std::size_t threads() {
  return static_cast<std::size_t>(
      std::distance(fs::directory_iterator("/proc/self/task"), fs::directory_iterator()));
}

// In this process, where what is left can be counted.
TEST_F(MockStorm, AThousandEscrowsLeaveNothingBehind) {
  const test::Environment tmp("TMPDIR", tmpdir().string());
  const auto command = sim::read_command_line({source_path("scenarios/storms/thousand.json"),
                                               "--quiet", "--out", (folder() / "out").string()});
  ASSERT_TRUE(std::holds_alternative<sim::RunCommand>(command));
  const auto descriptors = open_descriptors();
  const std::size_t threads_before = threads();
  std::ostringstream out, err;

  EXPECT_EQ(sim::run(std::get<sim::RunCommand>(command), out, err), sim::ExitStatus::pass)
      << out.str() << err.str();

  EXPECT_EQ(summary()["escrows"]["ready"], 1000);
  EXPECT_EQ(open_descriptors(), descriptors);
  EXPECT_EQ(threads(), threads_before);
}

}  // namespace
}  // namespace escrowstorm::e2e
