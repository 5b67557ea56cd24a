// Escrows from the request to their end, in every world that has money: the bank, which is nobody's
// coordinator, says in each journey that what was paid out has arrived where it should.
#include <gmock/gmock.h>
#include <gtest/gtest.h>

#include <map>
#include <nlohmann/json.hpp>
#include <set>

#include "tests/e2e/sandbox.hpp"

namespace escrowstorm::e2e {
namespace {

using testing::IsSupersetOf;

class Life : public Sandbox {
 protected:
  void all_three_ends_are_right(const std::string& world, const std::string& latency) {
    ASSERT_EQ(escrowstorm({"run", "scenarios/storms/quick-life.json", "--world", world, "--set",
                           "fleet.latency=" + latency}),
              0)
        << out_ << err_;
    EXPECT_EQ(summary()["escrows"]["completed"], 6);
    EXPECT_EQ(summary()["rpc"]["submit_multisig"]["count"], 6);
    std::set<std::string> closed;
    for (const auto& event : events())
      if (event["kind"] == "escrow" && event["phase"] == "closed")
        closed.insert(event["message"].get<std::string>());
    EXPECT_THAT(closed, IsSupersetOf({"release", "refund"}));
    EXPECT_TRUE(closed.contains("dispute_for_vendor") || closed.contains("dispute_for_buyer"));
  }
};

TEST_F(Life, EndsRightInTheVirtualWorld) { all_three_ends_are_right("virtual", "measured"); }

TEST_F(Life, EndsRightInTheMockWorld) { all_three_ends_are_right("mock", fast_profile()); }

class RegtestLife : public Life {};

TEST_F(RegtestLife, EndsRightOnTheRealPrograms) { all_three_ends_are_right("regtest", "measured"); }

}  // namespace
}  // namespace escrowstorm::e2e
