#include "sim/scenario/reader.hpp"

#include <algorithm>
#include <system_error>

#include "coordinator/slots/policies.hpp"
#include "mockrpc/latency/profile.hpp"
#include "mockrpc/network.hpp"
#include "mockrpc/version.hpp"
#include "sim/invariants/invariants.hpp"
#include "sim/report/wording.hpp"
#include "sim/scenario/arrival_keys.hpp"
#include "sim/scenario/choice.hpp"
#include "sim/scenario/fault_reader.hpp"
#include "sim/scenario/life_keys.hpp"
#include "sim/scenario/named_path.hpp"
#include "sim/scenario/presets.hpp"
#include "sim/scenario/section_reader.hpp"
#include "sim/scenario/swarm_reader.hpp"
#include "sim/scenario/text_file.hpp"
#include "sim/scenario/threshold_keys.hpp"
#include "sim/virtual/scheduler.hpp"
#include "sim/world/worlds.hpp"

namespace escrowstorm::sim {
namespace {

namespace fs = std::filesystem;

constexpr std::uint64_t instances_max = 100'000;
constexpr std::uint64_t cores_max = 1'000;
constexpr std::uint64_t setup_attempts_max = 1'000;
constexpr std::size_t name_bytes_max = 64;

// The name becomes a folder's.
void check_scenario_name(SectionReader& root, const std::string& name) {
  root.note_form("name", {"^[A-Za-z0-9_-]{1," + std::to_string(name_bytes_max) + "}$",
                          "letters, digits, '-' or '_'"});
  if (!root.find("name")) return root.require("name", "a name such as \"first\"");
  const auto allowed = [](char c) {
    return (c >= 'a' && c <= 'z') || (c >= 'A' && c <= 'Z') || (c >= '0' && c <= '9') || c == '-' ||
           c == '_';
  };
  const bool fits = !name.empty() && name.size() <= name_bytes_max;
  if (!fits || !std::all_of(name.begin(), name.end(), allowed))
    root.complain("name", "expected 1 to " + std::to_string(name_bytes_max) +
                              " letters, digits, '-' or '_', found " + in_quotes(name));
}

class ScenarioReader {
 public:
  ScenarioReader(const JsonNode& root, fs::path folder, Findings& findings)
      : node_(root), root_(&root, "", findings), folder_(std::move(folder)), findings_(findings) {}

  Scenario read() {
    read_rest();
    const ReadRest rest = [this](const JsonNode& root, Findings& findings) {
      ScenarioReader reader(root, folder_, findings);
      reader.read_rest();
      reader.root_.find("swarm");
      reader.root_.finish();
      return std::move(reader.scenario_);
    };
    read_swarm(node_, root_, rest, findings_, scenario_.swarm);
    root_.finish();
    return std::move(scenario_);
  }

 private:
  // All but the swarm; a swarm's values are checked by reading this with them.
  void read_rest() {
    read_head();
    read_fleet();
    read_coordinator();
    read_storm();
    read_chain();
    read_faults(root_, "faults", findings_, scenario_.faults);
    read_calm();
    read_thresholds(root_, findings_, scenario_.thresholds);
    read_expect();
  }

  void read_head() {
    const std::size_t wrong_before = findings_.size();
    root_.read("name", scenario_.name);
    if (findings_.size() == wrong_before) check_scenario_name(root_, scenario_.name);
    root_.read("about", scenario_.about);
    root_.read("world", scenario_.world);
    check_name(root_, "world", scenario_.world, "world", names_in(worlds()));
    root_.read("seed", scenario_.seed, 0, UINT64_MAX);
    root_.read("schedule", scenario_.schedule);
    check_name(root_, "schedule", scenario_.schedule, "schedule", names_in(schedulers()));
    root_.read("schedule_choices", scenario_.schedule_choices, 0, UINT64_MAX);
    std::string for_editors;  // where they find the schema
    root_.read("$schema", for_editors);
  }

  void read_fleet() {
    SectionReader section = root_.section("fleet");
    FleetSection& fleet = scenario_.fleet;
    section.read("instances", fleet.instances, 3, instances_max, "an escrow needs three");
    section.read("cores", fleet.cores, 1, cores_max);
    section.read("emulate", fleet.emulate);
    check_name(section, "emulate", fleet.emulate, "version of monero-wallet-rpc",
               names_in(mockrpc::versions()));
    section.read("network", fleet.network);
    constexpr std::string_view networks[] = {name_of(mockrpc::Network::mainnet),
                                             name_of(mockrpc::Network::testnet),
                                             name_of(mockrpc::Network::stagenet)};
    check_name(section, "network", fleet.network, "network", networks);
    section.read("offline", fleet.offline);
    read_latency(section);
    section.finish();
  }

  void read_latency(SectionReader& section) {
    std::string& latency = scenario_.fleet.latency;
    section.read("latency", latency);
    const bool is_path = latency.find('/') != latency.npos || latency.ends_with(".json");
    const auto names = mockrpc::LatencyProfile::names();
    section.note_form("latency", {"/|[.]json$", "a profile's name, or the path of one"});
    if (!is_path) return check_name(section, "latency", latency, "latency profile", names);

    if (const JsonNode* node = section.find("latency")) latency = path_in(folder_, latency, *node);
    auto profile = mockrpc::LatencyProfile::load(latency, scenario_.fleet.emulate);
    if (const auto* wrong = std::get_if<std::string>(&profile)) section.complain("latency", *wrong);
  }

  void read_coordinator() {
    SectionReader section = root_.section("coordinator");
    CoordinatorSection& coordinator = scenario_.coordinator;
    read_preset(section, coordinator);
    section.read("slots", coordinator.slots);
    check_name(section, "slots", coordinator.slots, "slot policy",
               names_in(coordinator::slot_policies()));
    section.read("verify_wallet", coordinator.verify_wallet);
    section.read("reopen_check", coordinator.reopen_check);
    section.read("call_deadline", coordinator.call_deadline, std::chrono::milliseconds(1));
    section.read("setup_attempts", coordinator.setup_attempts, 1, setup_attempts_max);
    read_choice(section, "publish_after", "step to publish after", coordinator::all_publish_after,
                coordinator.publish_after);
    read_choice(section, "persistence", "persistence", coordinator::all_persistence,
                coordinator.persistence);
    read_waits(section, coordinator.waits);
    read_choice(section, "multisig_switch", "multisig switch", coordinator::all_multisig_switches,
                coordinator.multisig_switch);
    read_life(section, coordinator.life);
    section.finish();
  }

  // Before the keys that may say otherwise.
  void read_preset(SectionReader& section, CoordinatorSection& coordinator) {
    std::string name(presets().front().name);
    section.read("preset", name);
    check_name(section, "preset", name, "preset", names_in(presets()));
    for (const Preset& preset : presets())
      if (preset.name == name) preset.apply(coordinator);
  }

  void read_waits(SectionReader& section, coordinator::SetupWaits& waits) {
    section.read("stagger_between_escrows", waits.stagger_between_escrows);
    section.read("wait_after_make", waits.wait_after_make);
    section.read("purge_wait", waits.purge_wait);
    read_choice(section, "creation_lock", "creation lock", coordinator::all_creation_locks,
                waits.creation_lock);
    read_choice(section, "rounds", "way to act in rounds", coordinator::all_rounds, waits.rounds);
    section.read("sort_infos", waits.sort_infos);
  }

  void read_storm() {
    SectionReader section = root_.section("storm");
    StormSection& storm = scenario_.storm;
    // Trouble may come as long as escrows do.
    Duration& calm_at = scenario_.calm.at;
    calm_at = std::max(calm_at, read_arrivals(section, folder_, findings_, storm));
    section.read("concurrency", storm.concurrency, 1, escrows_max, "leave it out for all at once");
    read_journeys(section, findings_, storm.journeys);
    section.finish();
  }

  void read_chain() {
    const bool there = root_.find("chain") != nullptr;
    if (!there && !scenario_.storm.pays()) return;
    SectionReader section = root_.section("chain");
    section.read("block_every", scenario_.chain.emplace().block_every,
                 std::chrono::milliseconds(1));
    section.finish();
  }

  void read_calm() {
    SectionReader section = root_.section("calm");
    section.read("at", scenario_.calm.at);
    section.read("within", scenario_.calm.within, std::chrono::milliseconds(1));
    section.finish();
  }

  void read_expect() {
    if (!root_.find("expect")) return;
    SectionReader section = root_.section("expect");
    ExpectSection& expect = scenario_.expect.emplace();
    constexpr int statuses_max = 255;
    section.read("exit", expect.exit, 0, statuses_max);
    read_conditions(section, "metrics", findings_, expect.metrics);
    section.read_list("errors", [&](const JsonNode& item, const std::string& path) {
      SectionReader error(&item, path, findings_);
      ExpectedError& expected = expect.errors.emplace_back();
      error.require("code", "an error code, such as -28");
      error.read_code("code", expected.code);
      error.read("message", expected.message);
      error.finish();
    });
    section.note_names("invariants", names_in(invariants()));
    section.read_list("invariants", [&](const JsonNode& item, const std::string& path) {
      const auto* name = std::get_if<std::string>(&item.value);
      const auto known = names_in(invariants());
      if (name && std::find(known.begin(), known.end(), *name) != known.end())
        expect.invariants.push_back(*name);
      else
        findings_.add(
            item.place, path,
            name ? no_such("invariant", *name, known)
                 : "expected the name of an invariant, found " + std::string(kind_of(item)));
    });
    section.finish();
  }

  const JsonNode& node_;
  SectionReader root_;
  fs::path folder_;
  Findings& findings_;
  Scenario scenario_;
};

std::vector<std::string> one_error(const fs::path& file, std::string_view what) {
  return {printable(file.string()) + ": " + std::string(what)};
}

}  // namespace

ScenarioOrErrors parse_scenario(std::string_view text, const fs::path& file,
                                std::span<const Override> overrides) {
  std::vector<std::string> options;
  for (const Override& override : overrides) options.push_back(override.option);
  Findings findings(file.string(), std::move(options));
  auto parsed = parse_json(text);
  if (const auto* fault = std::get_if<JsonFault>(&parsed)) {
    findings.add(fault->place, "", printable(fault->why));
    return findings.lines();
  }
  auto& root = std::get<JsonNode>(parsed);
  apply(overrides, root, findings);
  Scenario scenario = ScenarioReader(root, file.parent_path(), findings).read();
  if (!findings.empty()) return findings.lines();
  return scenario;
}

KeyNotes keys_asked_for(std::string_view text) {
  KeyNotes notes;
  Findings findings("", {});
  findings.note_keys_in(notes);
  const auto parsed = parse_json(text);
  if (const auto* root = std::get_if<JsonNode>(&parsed))
    ScenarioReader(*root, fs::path(), findings).read();
  return notes;
}

ScenarioOrErrors load_scenario(const fs::path& file, std::span<const Override> overrides) {
  std::string text;
  if (const auto wrong = read_text_file(file, scenario_kib_max, text))
    return one_error(file, *wrong);
  return parse_scenario(text, file, overrides);
}

}  // namespace escrowstorm::sim
