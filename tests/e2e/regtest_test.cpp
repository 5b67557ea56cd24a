// Storms against the real monerod and monero-wallet-rpc (apt-get install monero).
#include <gmock/gmock.h>
#include <gtest/gtest.h>
#include <signal.h>

#include <filesystem>
#include <nlohmann/json.hpp>
#include <set>

#include "tests/e2e/sandbox.hpp"

namespace escrowstorm::e2e {
namespace {

namespace fs = std::filesystem;
using testing::HasSubstr;
using testing::SizeIs;

class Regtest : public Sandbox {
 protected:
  // Without its threshold on time: a slow machine is no failure.
  std::unique_ptr<Program> start_storm(const std::string& escrows) const {
    return start_escrowstorm({"run", "scenarios/storms/first.json", "--world", "regtest",
                              "--escrows", escrows, "--set",
                              "thresholds=[\"escrows.failed == 0\"]"});
  }
};

TEST_F(Regtest, ThreeEscrowsOnNineInstancesAreReady) {
  const auto program = start_storm("3");
  EXPECT_EQ(program->wait(), 0) << program->err();
  EXPECT_THAT(program->err(), HasSubstr("9 of 9 monero-wallet-rpc answer"));
  EXPECT_THAT(program->out(), HasSubstr("3 ready, 0 failed"));
  EXPECT_EQ(summary()["escrows"]["ready"], 3);
  EXPECT_EQ(summary()["rpc"]["make_multisig"]["count"], 9);
  EXPECT_EQ(summary()["rpc"]["make_multisig"]["errors"], 0);
  std::set<std::string> published;
  for (const auto& event : events()) {
    if (event["kind"] == "escrow" && event["phase"] == "publish") {
      published.insert(event.value("message", ""));
    }
  }
  EXPECT_THAT(published, SizeIs(3));
}

TEST_F(Regtest, SharedSlotsFail) {
  EXPECT_EQ(escrowstorm({"run", "scenarios/history/shared-slots.json", "--world", "regtest"}), 3)
      << out_ << err_;
  EXPECT_TRUE(trace_has_error(-28, "This wallet is already multisig")) << out_;
  EXPECT_LE(summary()["escrows"]["ready"], 1);
  EXPECT_EQ(summary()["as_expected"], true);
}

TEST_F(Regtest, CtrlCWhileItStartsEndsEverything) {
  const auto program = start_storm("3");
  ASSERT_TRUE(program->says("monerod answers")) << program->err();
  program->signal(SIGINT);
  EXPECT_EQ(program->wait(), 130) << program->err();
  EXPECT_THAT(program->err(), HasSubstr("interrupted"));
}

TEST_F(Regtest, CtrlCInTheStormEndsEverything) {
  const auto program = start_storm("3");
  ASSERT_TRUE(events_are_written()) << program->err();
  EXPECT_THAT(processes(), SizeIs(11));  // escrowstorm, monerod and nine wallet RPCs
  program->signal(SIGINT);
  EXPECT_EQ(program->wait(), 130) << program->err();
  EXPECT_EQ(summary()["interrupted"], true);
}

TEST_F(Regtest, AKilledRunTakesItsProgramsAlongAndIsSweptByTheNext) {
  const auto program = start_storm("1");
  ASSERT_TRUE(events_are_written()) << program->err();
  EXPECT_THAT(processes(), SizeIs(5));
  program->signal(SIGKILL);
  EXPECT_EQ(program->wait(), 128 + SIGKILL);
  EXPECT_FALSE(fs::is_empty(tmpdir()));

  EXPECT_EQ(escrowstorm({"--set", "fleet.latency=none"}), 0) << err_;
}  // and the sandbox holds that neither a process nor a file is left

}  // namespace
}  // namespace escrowstorm::e2e
