#include "sim/report/capacity_json.hpp"

#include <nlohmann/json.hpp>

#include "sim/capacity/instance_memory.hpp"
#include "sim/report/wording.hpp"

namespace escrowstorm::sim {
namespace {

using CapacityJson = nlohmann::ordered_json;

CapacityJson load_number(const Load& load) {
  return load.kind == LoadKind::at_once ? CapacityJson(load.size) : CapacityJson(load.per_minute());
}

CapacityJson criteria_json(const LoadTrial& trial) {
  CapacityJson out = CapacityJson::array();
  for (const ThresholdResult& one : trial.criteria) {
    CapacityJson& entry = out.emplace_back();
    entry["text"] = one.text;
    entry["actual"] = one.actual ? CapacityJson(*one.actual) : CapacityJson();
    entry["pass"] = one.pass;
  }
  return out;
}

CapacityJson load_trial_json(const LoadTrial& trial) {
  CapacityJson json;
  json["runs"] = trial.runs;
  json["carried"] = trial.holds();
  if (trial.shortfall) {
    json["failed_by"]["criterion"] = trial.shortfall->criterion;
    json["failed_by"]["actual"] = trial.shortfall->actual;
    if (!trial.shortfall->why.empty()) json["failed_by"]["why"] = printable(trial.shortfall->why);
    if (trial.seed) json["failed_by"]["seed"] = *trial.seed;
  }
  json["setup_p50_ms"] = to_ms(trial.setup_p50);
  json["computing_ms_per_escrow"] = to_ms(trial.computing_per_escrow);
  json["criteria"] = criteria_json(trial);
  if (trial.cut_short) json["cut_short"] = true;
  return json;
}

CapacityJson limit_json(const Limit& limit) {
  CapacityJson json;
  json["parts"] = CapacityJson::array();
  for (const Relief* part : limit.parts) json["parts"].push_back(part->part);
  json["together"] = limit.together;
  json["load"] = load_number(limit.load);
  json["as_is"] = load_trial_json(limit.as_is);
  json["relieved"] = CapacityJson::array();
  for (const ReliefTrial& one : limit.alone) {
    CapacityJson entry;
    entry["part"] = one.relief->part;
    entry["how"] = one.relief->how;
    entry.update(load_trial_json(one.trial));
    json["relieved"].push_back(std::move(entry));
  }
  return json;
}

CapacityJson answer_json(const CapacityAnswer& answer) {
  const MostCarried& most = answer.most;
  CapacityJson json;
  json["carried"] = load_number(most.carried_load());
  json["failed"] = most.failed ? load_number({most.kind, *most.failed}) : CapacityJson();
  if (most.carried > 0) json["at_carried"] = load_trial_json(most.at_carried);
  if (most.failed) json["at_failed"] = load_trial_json(most.at_failed);
  json["limit"] = answer.limit ? limit_json(*answer.limit) : CapacityJson();
  return json;
}

CapacityJson fleet_size_json(const FleetSize& fleet, const std::string& version) {
  const InstanceMemory memory = memory_of_an_instance(version);
  constexpr std::uint64_t kib_in_mib = 1024;
  CapacityJson json;
  json["instances"] = fleet.instances;
  json["cores"] = fleet.cores;
  json["memory_mib"] = fleet.instances * memory.to_plan_kib / kib_in_mib;
  return json;
}

}  // namespace

nlohmann::ordered_json capacity_json(const Scenario& scenario, const Capacity& capacity) {
  CapacityJson json;
  json["scenario"] = scenario.name;
  json["fleet"] =
      fleet_size_json({scenario.fleet.instances, scenario.fleet.cores}, scenario.fleet.emulate);
  json["alone"] = load_trial_json(capacity.alone);
  if (capacity.assumed) json["assumed"] = capacity.assumed->text;
  json["left_out"] = capacity.left_out;
  json["at_once"] = answer_json(capacity.at_once);
  json["per_minute"] = answer_json(capacity.per_minute);
  if (capacity.too_short) json["too_short_ms"] = to_ms(*capacity.too_short);
  if (const auto& advice = capacity.advice) {
    json["advice"]["per_minute"] = advice->load.per_minute();
    json["advice"]["fleet"] =
        advice->fleet ? fleet_size_json(*advice->fleet, scenario.fleet.emulate) : CapacityJson();
    json["advice"]["tried"] = fleet_size_json(advice->tried, scenario.fleet.emulate);
    json["advice"]["trial"] = load_trial_json(advice->trial);
  }
  json["cut_short"] = capacity.cut_short;
  return json;
}

}  // namespace escrowstorm::sim
