#include "sim/scenario/writer.hpp"

#include <cassert>
#include <nlohmann/json.hpp>

#include "sim/faults/table.hpp"
#include "sim/scenario/arrival_keys.hpp"
#include "sim/scenario/life_keys.hpp"
#include "sim/scenario/quantities.hpp"
#include "sim/scenario/threshold_keys.hpp"

namespace escrowstorm::sim {
namespace {

using Json = nlohmann::ordered_json;

Json parameter(const FaultParameters& p, std::string_view key) {
  if (key == "delay") return duration_key_text(p.delay);
  if (key == "spread") return name_of(p.spread);
  if (key == "up_to") return duration_key_text(p.up_to);
  if (key == "bytes") return p.bytes;
  if (key == "pause") return duration_key_text(p.pause);
  if (key == "bytes_per_second") return p.bytes_per_second;
  if (key == "then") return name_of(p.then);
  if (key == "code") return p.code;
  if (key == "status") return p.status;
  if (key == "message") return p.message;
  if (key == "when") return name_of(p.when);
  if (key == "restart_after") return duration_key_text(p.restart_after);
  if (key == "resume_after") return duration_key_text(p.resume_after);
  if (key == "lasts" || key == "by") return duration_key_text(p.lasts);
  if (key == "depth") return p.depth;
  if (key == "blocks") return p.blocks;
  if (key == "file") return name_of(p.file);
  assert(key == "wallet");
  return p.wallet;
}

void add_trigger(Json& out, const FaultTrigger& t) {
  if (!t.methods.empty()) out["method"] = t.methods;
  for (const Role role : t.roles) out["role"].push_back(name_of(role));
  if (!t.escrows.empty()) out["escrow"] = t.escrows;
  if (!t.instances.empty()) out["instance"] = t.instances;
  for (const coordinator::Phase phase : t.phases) out["phase"].push_back(name_of(phase));
  if (t.nth) out["nth"] = *t.nth;
  if (t.every_nth) out["every_nth"] = *t.every_nth;
  if (t.first) out["first"] = *t.first;
  out["from"] = duration_key_text(t.from);
  if (t.until) out["until"] = duration_key_text(*t.until);
  if (t.probability_ppm) out["probability"] = probability_text(*t.probability_ppm);
  if (t.at_most) out["at_most"] = *t.at_most;
  if (t.every) out["every"] = duration_key_text(*t.every);
}

Json faults_json(const std::vector<FaultSpec>& faults) {
  Json list = Json::array();
  for (const FaultSpec& spec : faults) {
    const FaultKind* kind = find_fault_kind(spec.fault);
    assert(kind);
    Json& out = list.emplace_back();
    out["fault"] = spec.fault;
    for (const std::string_view key : kind->keys) {
      const bool is_of_calls = key == "when" && kind->acts_on_world();
      const bool is_of_spread = key == "up_to" && spec.parameters.spread == Spread::fixed;
      if ((!is_of_calls || spec.trigger.picks_calls()) && !is_of_spread)
        out[std::string(key)] = parameter(spec.parameters, key);
    }
    add_trigger(out, spec.trigger);
  }
  return list;
}

Json fleet_json(const FleetSection& fleet) {
  Json out;
  out["instances"] = fleet.instances;
  out["latency"] = fleet.latency;
  out["cores"] = fleet.cores;
  out["emulate"] = fleet.emulate;
  out["network"] = fleet.network;
  out["offline"] = fleet.offline;
  return out;
}

Json coordinator_json(const CoordinatorSection& coordinator) {
  Json out;
  out["slots"] = coordinator.slots;
  out["verify_wallet"] = coordinator.verify_wallet;
  out["reopen_check"] = coordinator.reopen_check;
  out["call_deadline"] = duration_key_text(coordinator.call_deadline);
  out["setup_attempts"] = coordinator.setup_attempts;
  out["publish_after"] = name_of(coordinator.publish_after);
  out["persistence"] = name_of(coordinator.persistence);
  const coordinator::SetupWaits& waits = coordinator.waits;
  out["stagger_between_escrows"] = duration_key_text(waits.stagger_between_escrows);
  out["wait_after_make"] = duration_key_text(waits.wait_after_make);
  out["purge_wait"] = duration_key_text(waits.purge_wait);
  out["creation_lock"] = name_of(waits.creation_lock);
  out["rounds"] = name_of(waits.rounds);
  out["sort_infos"] = waits.sort_infos;
  out["multisig_switch"] = name_of(coordinator.multisig_switch);
  write_life(out, coordinator.life);
  return out;
}

Json storm_json(const StormSection& storm) {
  Json out;
  out["escrows"] = storm.escrows;
  if (storm.concurrency) out["concurrency"] = *storm.concurrency;
  out["arrivals"] = arrivals_json(storm.arrivals);
  if (!storm.journeys.empty()) out["journeys"] = journeys_json(storm.journeys);
  return out;
}

Json expect_json(const ExpectSection& expect) {
  Json out;
  out["exit"] = expect.exit;
  out["metrics"] = thresholds_json(expect.metrics);
  out["errors"] = Json::array();
  for (const ExpectedError& error : expect.errors) {
    Json& each = out["errors"].emplace_back();
    each["code"] = error.code;
    each["message"] = error.message;
  }
  out["invariants"] = expect.invariants;
  return out;
}

Json swarm_json(const SwarmSection& swarm) {
  Json out;
  out["faults"] = faults_json(swarm.faults);
  out["policies"] = Json::object();
  for (const SwarmPolicy& policy : swarm.policies)
    for (const std::string& value : policy.values)
      out["policies"][policy.path].push_back(Json::parse(value));
  return out;
}

}  // namespace

Json scenario_json(const Scenario& scenario) {
  Json out;
  out["name"] = scenario.name;
  out["about"] = scenario.about;
  out["world"] = scenario.world;
  out["seed"] = scenario.seed;
  out["schedule"] = scenario.schedule;
  if (scenario.schedule_choices) out["schedule_choices"] = *scenario.schedule_choices;
  out["fleet"] = fleet_json(scenario.fleet);
  out["coordinator"] = coordinator_json(scenario.coordinator);
  out["storm"] = storm_json(scenario.storm);
  if (scenario.chain) out["chain"]["block_every"] = duration_key_text(scenario.chain->block_every);
  out["faults"] = faults_json(scenario.faults);
  out["calm"]["at"] = duration_key_text(scenario.calm.at);
  out["calm"]["within"] = duration_key_text(scenario.calm.within);
  out["thresholds"] = thresholds_json(scenario.thresholds);
  if (scenario.expect) out["expect"] = expect_json(*scenario.expect);
  out["swarm"] = swarm_json(scenario.swarm);
  return out;
}

}  // namespace escrowstorm::sim
