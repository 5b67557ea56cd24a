// The search: what it draws, what it finds, how small it makes it, and what it tells.
#include <gmock/gmock.h>
#include <gtest/gtest.h>

#include <fstream>
#include <nlohmann/json.hpp>
#include <set>
#include <variant>

#include "sim/explore/explorer.hpp"
#include "sim/explore/replay_file.hpp"
#include "sim/explore/shrinker.hpp"
#include "sim/explore/swarm.hpp"
#include "sim/process/scratch_dir.hpp"
#include "sim/scenario/reader.hpp"
#include "sim/scenario/writer.hpp"
#include "tests/support/environment.hpp"

namespace escrowstorm::sim {
namespace {

using testing::AllOf;
using testing::Ge;
using testing::HasSubstr;
using testing::IsEmpty;
using testing::Le;

Scenario scenario_of(const std::string& text) {
  auto read = parse_scenario(text, "test.json");
  if (const auto* errors = std::get_if<std::vector<std::string>>(&read))
    throw std::runtime_error(errors->front());
  return std::get<Scenario>(read);
}

Scenario shipped(const std::string& name) {
  auto read = load_scenario(std::string(ESCROWSTORM_SOURCE_DIR "/scenarios/") + name);
  return std::get<Scenario>(read);
}

const GoOn to_the_end = [](const ExploreProgress&) { return true; };

ExploreOptions seeds(std::uint64_t count, unsigned jobs = 1) {
  ExploreOptions options;
  options.seeds = count;
  options.jobs = jobs;
  return options;
}

TEST(Swarm, ASeedIsAScenario) {
  const Scenario rough = shipped("storms/rough.json");
  EXPECT_EQ(draw(rough, 7), draw(rough, 7));
  std::set<std::string> drawn;
  for (std::uint64_t seed = 1; seed <= 50; ++seed)
    drawn.insert(scenario_json(draw(rough, seed)).dump());
  EXPECT_EQ(drawn.size(), 50u);
}

TEST(Swarm, FaultsAreOnOrOffAndNeverStronger) {
  const Scenario rough = shipped("storms/rough.json");
  std::set<std::size_t> counts;
  for (std::uint64_t seed = 1; seed <= 200; ++seed) {
    const Scenario drawn = draw(rough, seed);
    counts.insert(drawn.faults.size());
    EXPECT_EQ(drawn.swarm, SwarmSection());
    EXPECT_EQ(drawn.world, "virtual");
    EXPECT_EQ(drawn.seed, seed);
    for (const FaultSpec& fault : drawn.faults) {
      if (fault.fault != "slow_reply") continue;
      EXPECT_THAT(*fault.trigger.probability_ppm, AllOf(Ge(20'000u / 16), Le(100'000u)));
      EXPECT_THAT(fault.parameters.delay, Le(std::chrono::minutes(1)));
    }
  }
  EXPECT_GT(counts.size(), 5u) << "sometimes few, sometimes many";
}

TEST(Swarm, WhatLastsIsWeakenedToo) {
  const Scenario scenario = scenario_of(R"({"name": "a", "swarm": {"faults": [
      {"fault": "daemon_down", "lasts": "16s"}, {"fault": "clock_jump", "by": "2ms"}]}})");
  std::set<Duration> lasted;
  std::set<Duration> jumped;
  for (std::uint64_t seed = 1; seed <= 200; ++seed)
    for (const FaultSpec& fault : draw(scenario, seed).faults)
      (fault.fault == "daemon_down" ? lasted : jumped).insert(fault.parameters.lasts);
  using namespace std::chrono_literals;
  EXPECT_EQ(lasted, (std::set<Duration>{1s, 2s, 4s, 8s, 16s}));
  EXPECT_EQ(jumped, (std::set<Duration>{1ms, 2ms})) << "never less than a scenario may say";
}

TEST(Swarm, WhereNothingSaysTheScheduleItIsDrawn) {
  const Scenario first = shipped("storms/first.json");
  std::set<std::string> schedules;
  for (std::uint64_t seed = 1; seed <= 50; ++seed) schedules.insert(draw(first, seed).schedule);
  EXPECT_EQ(schedules.size(), 3u);
}

TEST(Explore, FindsTheStolenSlotAtOnce) {
  const Explored explored = explore(shipped("history/shared-slots.json"), seeds(1000), to_the_end);
  ASSERT_EQ(explored.found.size(), 1u);
  EXPECT_LE(explored.found.front().seed, 3u);
  EXPECT_LE(explored.progress.runs, 5u) << "and stops there";
}

// Each seed draws its faults: what one can't meet another may.
TEST(Explore, ASituationThatNoSeedCanLeadToIsNotCounted) {
  const Explored rough = explore(shipped("storms/rough.json"), seeds(20), to_the_end);
  ASSERT_EQ(rough.probes.size(), probe_kinds().size());
  for (std::size_t i = 0; i < rough.probes.size(); ++i) {
    const bool needs_money = probe_kinds()[i].needs.about.find("paid") != std::string_view::npos;
    EXPECT_EQ(rough.probes[i].has_value(), !needs_money) << probe_kinds()[i].name;
  }
}

TEST(Explore, CountsAndCanBeStopped) {
  const Scenario first = shipped("storms/first.json");
  const Explored explored = explore(first, seeds(20, 2), to_the_end);
  EXPECT_EQ(explored.progress.runs, 20u);
  EXPECT_EQ(explored.progress.schedules, 20u);
  EXPECT_EQ(explored.progress.calls, 20u * 390u);
  EXPECT_THAT(explored.found, IsEmpty());

  const GoOn no = [](const ExploreProgress&) { return false; };
  const Explored stopped = explore(first, seeds(1'000'000), no);
  EXPECT_TRUE(stopped.cut_short);
  EXPECT_LT(stopped.progress.runs, 1'000'000u);
}

TEST(Shrink, ToTwoEscrowsThatShareTheirInstances) {
  const Scenario failing = draw(scenario_of(R"({"name": "many", "fleet": {"instances": 9},
      "coordinator": {"slots": "shared_round_robin", "verify_wallet": false},
      "storm": {"escrows": 12}, "schedule": "random",
      "faults": [{"fault": "slow_reply", "delay": "2s", "probability": "5%"}]})"),
                                1);
  const StillFails still_fails = [](const Scenario& scenario) {
    return run_virtually(scenario).violation_of("leased_once") != nullptr;
  };
  ASSERT_TRUE(still_fails(failing));
  const Shrunk shrunk = shrink(failing, still_fails);
  EXPECT_TRUE(still_fails(shrunk.scenario));
  EXPECT_EQ(shrunk.scenario.storm.escrows, 2u);
  EXPECT_EQ(shrunk.scenario.fleet.instances, 3u);
  EXPECT_THAT(shrunk.scenario.faults, IsEmpty());
  EXPECT_EQ(shrunk.scenario.schedule, "fifo");
}

// Two escrows on three hundred instances would never meet.
TEST(Shrink, ABigStormKeepsItsCrowd) {
  const Scenario failing = scenario_of(R"({"name": "big", "world": "virtual",
      "fleet": {"instances": 90, "latency": "none"}, "storm": {"escrows": 300},
      "coordinator": {"slots": "shared_round_robin", "verify_wallet": false}})");
  const StillFails still_fails = [](const Scenario& scenario) {
    return run_virtually(scenario).violation_of("leased_once") != nullptr;
  };
  ASSERT_TRUE(still_fails(failing));
  const Shrunk shrunk = shrink(failing, still_fails);
  EXPECT_EQ(shrunk.scenario.storm.escrows, 2u);
  EXPECT_EQ(shrunk.scenario.fleet.instances, 3u);
  EXPECT_LT(shrunk.runs, 200u);
}

TEST(Shrink, KeepsTheFaultThatMatters) {
  const Scenario failing = scenario_of(R"({"name": "faulty", "world": "virtual",
      "fleet": {"instances": 9}, "storm": {"escrows": 5},
      "coordinator": {"verify_wallet": false},
      "faults": [{"fault": "slow_reply", "delay": "2s", "probability": "10%"},
                 {"fault": "slot_theft", "wallet": "thief", "method": "make_multisig", "nth": 7},
                 {"fault": "slow_reply", "delay": "1s", "probability": "10%"}]})");
  const StillFails still_fails = [](const Scenario& scenario) {
    return run_virtually(scenario).violation_of("own_wallet_only") != nullptr;
  };
  ASSERT_TRUE(still_fails(failing));
  const Shrunk shrunk = shrink(failing, still_fails);
  ASSERT_EQ(shrunk.scenario.faults.size(), 1u);
  EXPECT_EQ(shrunk.scenario.faults.front().fault, "slot_theft");
}

TEST(Shrink, EndsWhenItsRunsAreUsedUp) {
  const Scenario first = shipped("storms/first.json");
  const Shrunk shrunk = shrink(
      first, [](const Scenario&) { return false; }, 10);
  EXPECT_EQ(shrunk.runs, 10u);
  EXPECT_EQ(shrunk.scenario, first);
}

TEST(Story, TellsWhoTookTheSlotAndWhoWentOn) {
  const Scenario failing = draw(shipped("canaries/own_wallet_only.json"), 1);
  Story story;
  const VirtualOutcome outcome = run_virtually(failing, {&story, nullptr, {}});
  ASSERT_NE(outcome.violation_of("own_wallet_only"), nullptr);
  const std::vector<std::string> lines = story.lines("own_wallet_only");
  EXPECT_THAT(lines, testing::Contains(HasSubstr("slot: escrow_0_buyer -> escrow_1_buyer")));
  EXPECT_THAT(lines.back(), HasSubstr("VIOLATED own_wallet_only"));
  EXPECT_THAT(story.lines("one_address"), IsEmpty());
}

TEST(ReplayFile, IsReadAsItWasWritten) {
  const ScratchDir scratch;
  const auto file = scratch.path() / replay_file_name("leased_once", 12);
  EXPECT_EQ(file.filename(), "replay-leased_once-12.json");
  const Replay replay{"leased_once", "what happened", "0123456789abcdef",
                      draw(shipped("storms/rough.json"), 3)};
  EXPECT_EQ(write_replay(file, replay), std::nullopt);
  const auto loaded = load_replay(file);
  ASSERT_TRUE(std::holds_alternative<Replay>(loaded));
  const auto& again = std::get<Replay>(loaded);
  EXPECT_EQ(again.invariant, replay.invariant);
  EXPECT_EQ(again.violation, replay.violation);
  EXPECT_EQ(again.digest, replay.digest);
  EXPECT_EQ(again.scenario, replay.scenario);
}

TEST(ReplayFile, WhatIsNoneIsRefusedInALine) {
  const ScratchDir scratch;
  const auto file = scratch.path() / "x.json";
  const std::string deep(100'000, '[');
  for (const std::string& text :
       {std::string(), std::string("{}"), std::string(R"({"replay": 1, "scenario": {}})"),
        std::string(R"({"replay": {"invariant": 1}, "scenario": {}})"), deep,
        std::string(R"({"name": "first"})")}) {
    std::ofstream(file) << text;
    const auto loaded = load_replay(file);
    ASSERT_TRUE(std::holds_alternative<std::vector<std::string>>(loaded)) << text;
    EXPECT_THAT(std::get<std::vector<std::string>>(loaded),
                testing::ElementsAre(HasSubstr("x.json")));
  }
  EXPECT_TRUE(std::holds_alternative<std::vector<std::string>>(load_replay("/nowhere")));
}

// Nothing would ever violate it, so its replay would hold for good.
TEST(ReplayFile, AnInvariantThatThereIsNotIsRefused) {
  const ScratchDir scratch;
  const auto file = scratch.path() / "x.json";
  write_replay(file, {"leased_onse", "", "0123456789abcdef", shipped("storms/first.json")});
  const auto loaded = load_replay(file);
  ASSERT_TRUE(std::holds_alternative<std::vector<std::string>>(loaded));
  EXPECT_THAT(std::get<std::vector<std::string>>(loaded),
              testing::ElementsAre(HasSubstr("did you mean \"leased_once\"")));
}

}  // namespace
}  // namespace escrowstorm::sim
