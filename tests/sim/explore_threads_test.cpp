// The search on several threads: the same finds, and no run that meets another.
#include <gtest/gtest.h>

#include "sim/explore/explorer.hpp"
#include "sim/explore/swarm.hpp"
#include "sim/scenario/reader.hpp"
#include "tests/support/environment.hpp"

namespace escrowstorm::sim {
namespace {

const GoOn to_the_end = [](const ExploreProgress&) { return true; };

Scenario read(const std::string& text) {
  return std::get<Scenario>(parse_scenario(text, "test.json"));
}

Scenario rough_storm() {
  return std::get<Scenario>(load_scenario(ESCROWSTORM_SOURCE_DIR "/scenarios/storms/rough.json"));
}

ExploreOptions seeds(std::uint64_t count, unsigned jobs) {
  ExploreOptions options;
  options.seeds = count;
  options.jobs = jobs;
  return options;
}

TEST(Explore, WhatIsFoundDoesNotDependOnTheJobs) {
  // Rare enough that several runs are under way when it is found.
  const Scenario scenario = read(R"({"name": "rare", "fleet": {"instances": 3},
      "coordinator": {"verify_wallet": false}, "storm": {"escrows": 2, "concurrency": 1},
      "faults": [{"fault": "slot_theft", "wallet": "thief", "method": "make_multisig",
                  "probability": "5%"}]})");
  const Explored alone = explore(scenario, seeds(100, 1), to_the_end);
  const Explored together = explore(scenario, seeds(100, 4), to_the_end);
  ASSERT_EQ(alone.found.size(), 1u);
  ASSERT_EQ(together.found.size(), 1u);
  EXPECT_GT(alone.found.front().seed, 1u);
  EXPECT_EQ(alone.found.front().seed, together.found.front().seed);
  EXPECT_EQ(alone.found.front().violation.what, together.found.front().violation.what);
}

TEST(Explore, OneRunLeavesNothingForTheNext) {
  const Scenario rough = rough_storm();
  const std::string alone = run_virtually(draw(rough, 17)).digest;
  explore(rough, seeds(16, 2), to_the_end);
  EXPECT_EQ(run_virtually(draw(rough, 17)).digest, alone);
}

}  // namespace
}  // namespace escrowstorm::sim
