// What a service carries and what limits it, in scenarios where that can be worked out by hand.
#include "sim/capacity/capacity.hpp"

#include <gmock/gmock.h>
#include <gtest/gtest.h>

#include <fstream>
#include <optional>
#include <stdexcept>

#include "sim/capacity/instance_memory.hpp"
#include "sim/capacity/load_thresholds.hpp"
#include "sim/process/scratch_dir.hpp"
#include "sim/scenario/reader.hpp"

namespace escrowstorm::sim {
namespace {

using namespace std::chrono_literals;
using testing::ElementsAre;

const LoadProgress goes_on = [](const std::string&, std::uint64_t) { return true; };

constexpr std::uint64_t in_an_hour = 60;  // of a rate per minute

Scenario of_capacity(const std::string& name, const std::vector<std::string>& sets = {}) {
  std::vector<Override> overrides;
  for (const std::string& set : sets) overrides.push_back(std::get<Override>(Override::parse(set)));
  auto read =
      load_scenario(ESCROWSTORM_SOURCE_DIR "/scenarios/capacity/" + name + ".json", overrides);
  if (const auto* wrong = std::get_if<std::vector<std::string>>(&read))
    throw std::runtime_error(wrong->front());
  Scenario scenario = std::get<Scenario>(std::move(read));
  scenario.thresholds = load_thresholds(scenario.thresholds).kept;
  return scenario;
}

// One run of each load is enough where nothing is left to chance.
LoadTestOptions with_escrows(std::uint32_t escrows) {
  LoadTestOptions options;
  options.runs = 1;
  options.escrows = escrows;
  return options;
}

std::vector<std::string_view> limit_of(const Scenario& scenario, const Load& load,
                                       std::uint32_t escrows) {
  const LoadTestOptions options = with_escrows(escrows);
  LoadTester tester(options, goes_on);
  const Limit limit = find_limit({scenario, false}, load, tester);
  EXPECT_TRUE(limit.as_is.shortfall);
  std::vector<std::string_view> parts;
  for (const Relief* part : limit.parts) parts.push_back(part->part);
  return parts;
}

MostCarried most_of(const Scenario& scenario, LoadKind kind, const SearchRange& range,
                    std::uint32_t escrows) {
  const LoadTestOptions options = with_escrows(escrows);
  LoadTester tester(options, goes_on);
  return find_most_carried({scenario, false}, kind, range, tester);
}

TEST(Capacity, ThirtyInstancesCarryTenAtOnce) {
  const MostCarried most = most_of(of_capacity("slots"), LoadKind::at_once, {5, 80, 5}, 30);
  EXPECT_EQ(most.carried, 10u);
  EXPECT_EQ(most.failed, 11u);
  ASSERT_TRUE(most.at_failed.shortfall);
  EXPECT_EQ(most.at_failed.shortfall->criterion, "setup_ms.max < 1500ms");
  // A second of waiting for instances, a second on them.
  EXPECT_NEAR(most.at_failed.criterion("setup_ms.max < 1500ms")->actual.value(), 2000, 100);
  EXPECT_EQ(most.at_failed.seed, 1u);
}

TEST(Capacity, ThirtyInstancesCarrySixHundredAMinute) {
  const MostCarried most = most_of(of_capacity("slots", {"thresholds=[]"}), LoadKind::per_minute,
                                   {550 * in_an_hour, 4000 * in_an_hour, 5}, 60);
  EXPECT_NEAR(most.carried_load().per_minute(), 600, 0.05 * 600);
  ASSERT_TRUE(most.at_failed.shortfall);
  EXPECT_EQ(most.at_failed.shortfall->criterion, "wait growth <= 2%");
  EXPECT_FALSE(most.at_failed.seed);
}

TEST(Capacity, ALockCarriesTwentyAMinute) {
  const MostCarried most = most_of(of_capacity("lock", {"thresholds=[]"}), LoadKind::per_minute,
                                   {15 * in_an_hour, 400 * in_an_hour, 5}, 30);
  EXPECT_NEAR(most.carried_load().per_minute(), 20, 0.05 * 20);
}

TEST(Capacity, AStaggerCarriesThirtyAMinute) {
  const MostCarried most = most_of(of_capacity("stagger"), LoadKind::per_minute,
                                   {25 * in_an_hour, 400 * in_an_hour, 5}, 30);
  EXPECT_NEAR(most.carried_load().per_minute(), 30, 0.05 * 30);
}

TEST(Capacity, NamesTheSlots) {
  EXPECT_THAT(limit_of(of_capacity("slots"), {LoadKind::at_once, 13}, 39), ElementsAre("slots"));
  EXPECT_THAT(limit_of(of_capacity("slots"), {LoadKind::per_minute, 750 * in_an_hour}, 45),
              ElementsAre("slots"));
}

TEST(Capacity, NamesTheCores) {
  // A set-up computes for 5.3 s on average, so two cores carry 22.6 a minute.
  EXPECT_THAT(limit_of(of_capacity("cores"), {LoadKind::per_minute, 28 * in_an_hour}, 50),
              ElementsAre("cores"));
}

TEST(Capacity, NamesTheLock) {
  EXPECT_THAT(limit_of(of_capacity("lock"), {LoadKind::per_minute, 25 * in_an_hour}, 20),
              ElementsAre("creation_lock"));
  EXPECT_THAT(limit_of(of_capacity("lock"), {LoadKind::at_once, 5}, 20),
              ElementsAre("creation_lock"));
}

TEST(Capacity, NamesTheStagger) {
  EXPECT_THAT(limit_of(of_capacity("stagger"), {LoadKind::per_minute, 38 * in_an_hour}, 20),
              ElementsAre("stagger_between_escrows"));
}

TEST(Capacity, NamesTheDaemon) {
  const ScratchDir scratch;
  const std::string profile = (scratch.path() / "waits.json").string();
  std::ofstream(profile) << R"({"unit": "ms", "methods": {
    "create_wallet": {"p50": 1000, "cpu_p50": 100}, "close_wallet": {"p50": 0}}})";
  const Scenario scenario = of_capacity(
      "slots", {"faults=[]", "fleet.latency=" + profile, "thresholds=[\"setup_ms.max < 500ms\"]"});
  EXPECT_THAT(limit_of(scenario, {LoadKind::at_once, 1}, 10), ElementsAre("daemon"));
}

// One escrow in two seconds either way: for want of instances, and since they may not begin sooner.
TEST(Capacity, NamesTwoThatAreNeededTogether) {
  const Scenario scenario = of_capacity("stagger", {"fleet.instances=3",
                                                    "faults=[{\"fault\": \"slow_reply\", "
                                                    "\"method\": \"create_wallet\", "
                                                    "\"delay\": \"2s\"}]"});
  const LoadTestOptions options = with_escrows(20);
  LoadTester tester(options, goes_on);
  const Limit limit =
      find_limit({scenario, false}, {LoadKind::per_minute, 38 * in_an_hour}, tester);
  ASSERT_EQ(limit.parts.size(), 2u);
  EXPECT_TRUE(limit.together);
  EXPECT_EQ(limit.parts[0]->part, "slots");
  EXPECT_EQ(limit.parts[1]->part, "stagger_between_escrows");
}

TEST(Capacity, NoPartIsTheLimitWhereASetUpAloneIsTooSlow) {
  EXPECT_THAT(limit_of(of_capacity("slots", {"thresholds=[\"setup_ms.max < 500ms\"]"}),
                       {LoadKind::at_once, 1}, 5),
              ElementsAre());
}

TEST(Capacity, InstancesThatAreSharedAreTheSlotPolicysDoing) {
  const Scenario scenario = of_capacity(
      "slots", {"coordinator.slots=shared_round_robin", "fleet.instances=3", "thresholds=[]"});
  EXPECT_THAT(limit_of(scenario, {LoadKind::at_once, 2}, 6),
              testing::UnorderedElementsAre("slots", "slot_policy"));
}

TEST(Capacity, AFleetIsFoundThatCarriesTwiceAsMany) {
  const Scenario scenario = of_capacity("slots");
  const LoadTestOptions options = with_escrows(90);
  LoadTester tester(options, goes_on);
  const FleetAdvice advice =
      advise_fleet({scenario, false}, {LoadKind::per_minute, 1200 * in_an_hour}, {1s, 0s}, tester);
  ASSERT_TRUE(advice.fleet);
  EXPECT_NEAR(advice.fleet->instances, 60, 3);
  EXPECT_EQ(advice.fleet->cores, 1u);
}

TEST(Capacity, NoFleetCarriesMoreThanALockLets) {
  const Scenario scenario = of_capacity("lock");
  const LoadTestOptions options = with_escrows(20);
  LoadTester tester(options, goes_on);
  const FleetAdvice advice =
      advise_fleet({scenario, false}, {LoadKind::per_minute, 40 * in_an_hour}, {3s, 0s}, tester);
  EXPECT_FALSE(advice.fleet);
  EXPECT_GE(advice.tried.instances, 4 * 6u);
  EXPECT_TRUE(advice.trial.shortfall);
}

TEST(Capacity, WithoutALimitOfTimeOneIsAssumed) {
  CapacityOptions options;
  options.test = with_escrows(20);
  options.step_percent = 50;
  options.at_once_max = 20;
  const Scenario scenario = of_capacity("slots", {"thresholds=[]", "fleet.instances=6"});
  const Capacity capacity = find_capacity(scenario, options, goes_on);
  ASSERT_TRUE(capacity.assumed);
  EXPECT_EQ(capacity.at_once.most.carried, 2u);
  EXPECT_NEAR(capacity.assumed->value, 1500, 30);
  EXPECT_TRUE(capacity.is_whole());
}

TEST(LoadThresholds, ThoseOfOneNumberOfEscrowsAreLeftOut) {
  const auto known = [](const std::string& text) {
    return std::get<Threshold>(Threshold::parse(text));
  };
  const LoadThresholds thresholds = load_thresholds(
      {known("escrows.ready == 10"), known("escrows.ready >= 99%"), known("makespan_ms < 1min"),
       known("escrows.failed <= 1%"), known("rpc.store.count < 5"), known("rpc.store.errors == 0"),
       known("setup_ms.p99 < 9s from 1m"), known("setup_ms.p99 < 60s")});
  EXPECT_THAT(thresholds.left_out, ElementsAre("escrows.ready == 10", "makespan_ms < 1min",
                                               "rpc.store.count < 5", "setup_ms.p99 < 9s from 1m"));
  std::vector<std::string> kept;
  for (const Threshold& one : thresholds.kept) kept.push_back(one.text);
  EXPECT_THAT(kept,
              ElementsAre("escrows.unfinished == 0", "escrows.late == 0", "escrows.ready >= 99%",
                          "escrows.failed <= 1%", "rpc.store.errors == 0", "setup_ms.p99 < 60s"));
  EXPECT_TRUE(thresholds.limits_time);
  EXPECT_FALSE(load_thresholds({known("setup_ms.p99 > 1s")}).limits_time);
}

TEST(Load, IsPutIntoTheScenario) {
  Scenario scenario = of_capacity("slots");
  const Scenario at_once = with_load(scenario, {LoadKind::at_once, 100}, {std::nullopt, 1s, 1s});
  EXPECT_EQ(at_once.storm.concurrency, 100u);
  EXPECT_EQ(at_once.storm.escrows, 400u);
  EXPECT_EQ(at_once.storm.arrivals.kind, "closed");
  scenario.storm.arrivals.kind = "poisson";
  scenario.storm.concurrency = 7;
  const Scenario rate =
      with_load(scenario, {LoadKind::per_minute, 36'000}, {std::nullopt, 20s, 30s});
  EXPECT_EQ(rate.storm.arrivals.kind, "poisson");
  EXPECT_EQ(rate.storm.arrivals.rate, (Rate{36'000, 1h}));
  EXPECT_EQ(rate.storm.concurrency, 7u);
  EXPECT_EQ(rate.storm.escrows, 6u * 200);
  EXPECT_FALSE(too_short({LoadKind::per_minute, 36'000}, {std::nullopt, 20s, 30s}));
  EXPECT_EQ(too_short({LoadKind::per_minute, 36'000}, {std::nullopt, 20s, 10min}), 200s);
  EXPECT_EQ(too_short({LoadKind::per_minute, 36'000}, {100, 20s, 30s}), 10s);
}

TEST(InstanceMemory, IsTheMostThatWasMeasured) {
  EXPECT_EQ(memory_of_an_instance("0.18.0.0").measured_kib, 37'328u);
  EXPECT_EQ(memory_of_an_instance("0.18.5.1").measured_kib, 35'956u);
  EXPECT_EQ(memory_of_an_instance("0.19").measured_kib, 37'328u);
}

}  // namespace
}  // namespace escrowstorm::sim
