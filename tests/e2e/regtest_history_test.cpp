// The founding notes' histories on the real programs, as far as these can show them: what the mock
// is believed in tests/sim for twenty seeds is seen here once.
#include <gmock/gmock.h>
#include <gtest/gtest.h>

#include <nlohmann/json.hpp>

#include "tests/e2e/sandbox.hpp"

namespace escrowstorm::e2e {
namespace {

class RegtestHistory : public Sandbox {
 protected:
  int replay(const std::string& note, std::vector<std::string> more = {}) {
    std::vector<std::string> arguments{"run", "scenarios/history/" + note + ".json", "--world",
                                       "regtest"};
    arguments.insert(arguments.end(), more.begin(), more.end());
    return escrowstorm(arguments);
  }
};

// All that it does works, and takes three wallets for what one could say.
TEST_F(RegtestHistory, LazySyncSeesTheMoneyAndOpensThreeWalletsForIt) {
  EXPECT_EQ(replay("000-lazy-sync",
                   {"--set", "chain.block_every=1s", "--set", "coordinator.confirm_every=1s",
                    "--set", R"(storm.journeys=[{"price": "0.003 XMR", "check_every": "5s"}])"}),
            0)
      << out_ << err_;
  EXPECT_EQ(summary()["escrows"]["completed"], 1);
  // Three of a look, however few it took, and one of the payout.
  EXPECT_GE(summary()["rpc"]["import_multisig_info"]["count"], 4);
}

TEST_F(RegtestHistory, TheAttributeSwitchesNothingOn) {
  EXPECT_EQ(replay("002-role-based"), 3) << out_ << err_;
  EXPECT_EQ(summary()["as_expected"], true) << summary();  // with its -48
  EXPECT_EQ(summary()["escrows"]["ready"], 0);
}

// The note's 25 s are longer than a set-up on a machine that has nothing else to do.
TEST_F(RegtestHistory, AStaggerLongerThanASetUpIsExclusiveUse) {
  EXPECT_EQ(replay("003-stagger-and-purge",
                   {"--escrows", "2", "--set", "coordinator.stagger_between_escrows=75s"}),
            0)
      << out_ << err_;
  EXPECT_EQ(summary()["escrows"]["ready"], 2);
}

TEST_F(RegtestHistory, AWaitWithinTheEscrowDoesNotHelp) {
  EXPECT_EQ(replay("004-waits", {"--set", "coordinator.wait_after_make=2s"}), 3) << out_ << err_;
  EXPECT_LE(summary()["escrows"]["ready"], 1);
}

TEST_F(RegtestHistory, TheSessionRaceLosesInstances) {
  EXPECT_EQ(
      replay("004-session-race",
             {"--set", "chain.block_every=1s", "--set", "coordinator.confirm_every=1s", "--set",
              R"(storm.journeys=[{"price": "0.5 XMR", "check_every": "2s", "clients": 3}])",
              "--set", "fleet.instances=9", "--set", R"(calm={"at": "1s", "within": "40s"})"}),
      4)
      << out_ << err_;
  EXPECT_EQ(summary()["as_expected"], true);
}

}  // namespace
}  // namespace escrowstorm::e2e
