// A scenario written and read again is the same scenario: the shipped ones and made-up ones.
#include <gmock/gmock.h>
#include <gtest/gtest.h>

#include <filesystem>
#include <nlohmann/json.hpp>
#include <variant>

#include "base/random.hpp"
#include "sim/faults/table.hpp"
#include "sim/process/scratch_dir.hpp"
#include "sim/scenario/reader.hpp"
#include "sim/scenario/writer.hpp"
#include "sim/virtual/scheduler.hpp"
#include "tests/sim/noted_reader.hpp"

namespace escrowstorm::sim {
namespace {

namespace fs = std::filesystem;

// From another folder than the one it was read in.
void expect_same_when_read_again(const Scenario& scenario) {
  const std::string text = scenario_json(scenario).dump(2);
  const auto read = read_noted(text, "/elsewhere/replay.json");
  if (const auto* errors = std::get_if<std::vector<std::string>>(&read)) {
    FAIL() << errors->front() << "\n" << text;
  }
  ASSERT_EQ(std::get<Scenario>(read), scenario) << text;
}

TEST(ScenarioWriter, ShippedScenariosAreTheSameWhenReadAgain) {
  int count = 0;
  for (const auto& entry : fs::recursive_directory_iterator(ESCROWSTORM_SOURCE_DIR "/scenarios")) {
    const bool is_replay = entry.path().filename().string().starts_with("replay-");
    if (!entry.is_regular_file() || is_replay) continue;
    const auto read = load_scenario(entry.path());
    ASSERT_TRUE(std::holds_alternative<Scenario>(read)) << entry.path();
    expect_same_when_read_again(std::get<Scenario>(read));
    ++count;
  }
  EXPECT_GE(count, 3);
}

TEST(ScenarioWriter, EveryKeyIsKept) {
  const auto read = read_noted(R"({
    "name": "all", "about": "é \"x\"", "world": "regtest", "seed": 18446744073709551615,
    "schedule": "starve", "schedule_choices": 120,
    "fleet": {"instances": 30, "latency": "none", "cores": 2, "emulate": "0.18.0.0",
              "network": "stagenet"},
    "coordinator": {"slots": "role_partitioned", "verify_wallet": false, "call_deadline": "7s",
                    "publish_after": "make", "setup_attempts": 3},
    "storm": {"escrows": 10, "concurrency": 4,
              "arrivals": {"kind": "ramp", "from": "1/h", "to": "7/s", "over": "90s"},
              "journeys": [{"end": "vanish", "setup_clients": 3, "asks_twice": true, "checks": 2,
                            "think_time": "3s"},
                           {"end": "call", "weight": 7, "method": "get_height"}]}, "chain": {"block_every": "7s"},
    "faults": [{"fault": "slow_reply", "delay": "2s", "method": "store", "role": "buyer",
                "escrow": 18446744073709551615, "instance": 3, "nth": 2, "from": "1ms",
                "until": "1h", "probability": "0.0001%", "at_most": 9},
               {"fault": "rpc_error", "code": -1, "message": "\n"}],
    "calm": {"at": "1s", "within": "1.5s"},
    "thresholds": ["setup_ms.p99 < 60s",
                   {"threshold": "escrows.failed / escrows.started < 1%", "abort": true}],
    "expect": {"exit": 3, "metrics": ["escrows.ready <= 1"], "errors": [{"code": -28}]},
    "swarm": {"faults": [{"fault": "slot_theft", "wallet": "w", "every": "3s"}],
              "policies": {"storm": [{"escrows": 1}, {}], "schedule": ["fifo"],
                           "coordinator.call_deadline": ["1s"],
                           "chain.block_every": ["1s", "1m"]}}})",
                               "x.json");
  ASSERT_TRUE(std::holds_alternative<Scenario>(read));
  const auto& scenario = std::get<Scenario>(read);
  EXPECT_EQ(scenario.swarm.policies.size(), 4u);
  expect_same_when_read_again(scenario);
}

TEST(ScenarioWriter, ALatencyFileIsFoundFromElsewhere) {
  const ScratchDir scratch;
  const fs::path profile = scratch.path() / "slow.json";
  fs::copy_file(ESCROWSTORM_SOURCE_DIR "/mockrpc/profiles/0.18.5.1-ssl-disabled.json", profile);
  const auto read = read_noted(R"({"name": "a", "fleet": {"latency": "./slow.json"},
      "swarm": {"policies": {"fleet.latency": ["none", "slow.json"]}}})",
                               scratch.path() / "x.json");
  ASSERT_TRUE(std::holds_alternative<Scenario>(read));
  const auto& scenario = std::get<Scenario>(read);
  EXPECT_EQ(scenario.fleet.latency, profile.string());
  EXPECT_EQ(scenario.swarm.policies[0].values[1], '"' + profile.string() + '"');
  expect_same_when_read_again(scenario);
}

// Scenarios that no hand would write.
class Maker {
 public:
  explicit Maker(std::uint64_t seed) : random_(seed) {}

  Scenario scenario() {
    Scenario s;
    s.name = "made-" + std::to_string(below(1000));
    s.seed = random_.next();
    s.schedule = one_of(schedulers()).name;
    if (coin()) s.schedule_choices = random_.next();
    s.fleet.instances = 3 + below(9'998);
    s.coordinator.verify_wallet = coin();
    s.coordinator.call_deadline = duration() + std::chrono::milliseconds(1);
    s.coordinator.setup_attempts = 1 + below(1'000);
    s.coordinator.publish_after = one_of(coordinator::all_publish_after);
    s.storm.escrows = 1 + below(1'000'000);
    if (below(2) == 0) s.chain.emplace().block_every = duration() + std::chrono::milliseconds(1);
    s.calm.at = duration();
    s.calm.within = duration() + std::chrono::milliseconds(1);
    s.faults = faults();
    s.swarm.faults = faults();
    if (coin()) s.swarm.policies.push_back({"storm.escrows", {"1", std::to_string(1 + below(9))}});
    return s;
  }

 private:
  std::uint32_t below(std::uint64_t bound) {
    return static_cast<std::uint32_t>(random_.below(bound));
  }
  bool coin() { return below(2) == 0; }

  template <class Values>
  typename Values::value_type one_of(const Values& values) {
    return values[below(values.size())];
  }

  // Of any size, as often in whole seconds as not.
  Duration duration() {
    const Duration unit = coin() ? Duration(1) : Duration(std::chrono::seconds(1));
    return unit * static_cast<Duration::rep>(random_.below(1ull << below(25)));
  }

  std::vector<FaultSpec> faults() {
    std::vector<FaultSpec> list(below(4));
    for (FaultSpec& spec : list) spec = fault();
    return list;
  }

  FaultSpec fault() {
    const FaultKind& kind = one_of(fault_kinds());
    const auto has = [&](std::string_view key) {
      return std::find(kind.keys.begin(), kind.keys.end(), key) != kind.keys.end();
    };
    FaultSpec spec{std::string(kind.name), kind.defaults(), trigger(kind)};
    FaultParameters& p = spec.parameters;
    if (has("delay")) p.delay = duration();
    if (has("then")) p.then = one_of(all_lost_by);
    if (has("code")) p.code = static_cast<int>(below(1ull << 32));
    if (has("message")) p.message = "a \"message\"\t" + std::to_string(below(9));
    if (has("when") && (spec.trigger.picks_calls() || !kind.acts_on_world()))
      p.when = one_of(kind.moments);
    if (has("spread")) p.spread = one_of(all_spreads);
    if (p.spread != Spread::fixed) p.up_to = p.delay + std::min(duration(), p.delay);
    if (has("bytes")) p.bytes = 1 + below(1'000);
    if (has("pause")) p.pause = duration() + std::chrono::milliseconds(1);
    if (has("bytes_per_second")) p.bytes_per_second = 100 + below(1'000'000);
    if (has("status")) p.status = 400 + below(200);
    if (has("restart_after")) p.restart_after = duration();
    if (has("resume_after")) p.resume_after = duration();
    if (has("lasts") || has("by")) p.lasts = duration() + std::chrono::milliseconds(1);
    if (has("depth")) p.depth = 1 + below(100);
    if (has("blocks")) p.blocks = 1 + below(1'000);
    if (has("file")) p.file = one_of(faulty_files);
    if (has("wallet")) p.wallet = "w" + std::to_string(below(9));
    return spec;
  }

  FaultTrigger trigger(const FaultKind& kind) {
    FaultTrigger t;
    const bool of_commits = kind.target == FaultTarget::commit;
    if (!of_commits && kind.only_method.empty())
      for (auto n = below(3); n > 0; --n) t.methods.push_back(coin() ? "store" : "open_wallet");
    if (!of_commits)
      for (auto n = below(3); n > 0; --n) t.roles.push_back(one_of(all_roles));
    for (auto n = below(3); n > 0; --n) t.escrows.push_back(random_.next());
    if (!of_commits)
      for (auto n = below(3); n > 0; --n)
        t.phases.push_back(static_cast<coordinator::Phase>(below(coordinator::phase_count)));
    if (coin()) t.nth = 1 + below(9);
    if (coin()) t.every_nth = 1 + below(9);
    if (coin()) t.first = 1 + below(9);
    if (coin()) t.probability_ppm = 1 + below(1'000'000);
    const bool of_instances =
        kind.target == FaultTarget::call || kind.target == FaultTarget::instance;
    if (!of_commits && (t.picks_calls() || of_instances))
      for (auto n = below(3); n > 0; --n) t.instances.push_back(below(10'000));
    t.from = duration();
    if (coin()) t.until = t.from + Duration(1) + duration();
    if (coin()) t.at_most = 1 + random_.below(UINT64_MAX);
    if (kind.acts_on_world() && kind.only_method.empty() && !t.picks_calls() && coin())
      t.every = duration() + std::chrono::milliseconds(1);
    return t;
  }

  RandomStream random_;
};

TEST(ScenarioWriter, MadeUpScenariosAreTheSameWhenReadAgain) {
  Maker maker(1);
  for (int i = 0; i < 1'000; ++i) expect_same_when_read_again(maker.scenario());
}

}  // namespace
}  // namespace escrowstorm::sim
