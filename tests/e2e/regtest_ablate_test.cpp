// The verdicts that are known hold on the real wallets too, with short waits.
#include <gmock/gmock.h>
#include <gtest/gtest.h>

#include <nlohmann/json.hpp>

#include "tests/e2e/sandbox.hpp"

namespace escrowstorm::e2e {
namespace {

class RegtestAblate : public Sandbox {
 protected:
  nlohmann::json confirm(std::vector<std::string> more) {
    std::vector<std::string> arguments{"ablate",    "scenarios/history/004-waits.json",
                                       "--confirm", "regtest",
                                       "--runs",    "20",
                                       "--escrows", "2",
                                       "--json"};
    arguments.insert(arguments.end(), more.begin(), more.end());
    EXPECT_EQ(escrowstorm(arguments), 0) << out_ << err_;
    return nlohmann::json::parse(out_);
  }
};

TEST_F(RegtestAblate, TheWaitsAreUselessOnSharedInstances) {
  const auto json = confirm({"--set", "coordinator.wait_after_make=2s"});
  EXPECT_EQ(json["waits"][0]["verdict"], "useless") << json;
  EXPECT_EQ(json["confirmation"]["agrees"], true) << json;
  for (const auto& variant : json["confirmation"]["variants"]) EXPECT_EQ(variant["holds"], false);
  EXPECT_EQ(json["confirmation"]["variants"].size(), 3u);  // the note's rounds are in sequence
}

TEST_F(RegtestAblate, AllWaitsAreSafeToRemoveOnExclusiveInstances) {
  const auto json =
      confirm({"--set", "coordinator.slots=exclusive_lease", "--set",
               "coordinator.stagger_between_escrows=2s", "--set", "coordinator.wait_after_make=1s",
               "--set", "coordinator.purge_wait=2s"});
  ASSERT_EQ(json["waits"].size(), 3u);
  for (const auto& wait : json["waits"]) EXPECT_EQ(wait["verdict"], "safe") << wait;
  EXPECT_EQ(json["confirmation"]["agrees"], true) << json;
  for (const auto& variant : json["confirmation"]["variants"]) EXPECT_EQ(variant["holds"], true);
  EXPECT_EQ(json["confirmation"]["variants"].size(), 6u);
}

}  // namespace
}  // namespace escrowstorm::e2e
