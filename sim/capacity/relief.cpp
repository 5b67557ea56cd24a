#include "sim/capacity/relief.hpp"

#include <utility>
#include <vector>

#include "sim/ablate/lock_kind.hpp"
#include "sim/ablate/wait_kind.hpp"

namespace escrowstorm::sim {
namespace {

constexpr std::string_view policy_without_sharing = "exclusive_lease";

bool in_any_scenario(const Scenario&) { return true; }

Relief relief_of(const LockKind& lock) {
  return {lock.name, lock.instead,
          [&lock](const Scenario& scenario) { return !lock.value(scenario).empty(); },
          [&lock](CapacityVariant& variant) { lock.take_away(variant.scenario.coordinator); }};
}

Relief relief_of(const WaitKind& wait) {
  return {wait.name, "none",
          [&wait](const Scenario& scenario) { return wait.of(scenario) > Duration::zero(); },
          [&wait](CapacityVariant& variant) {
            variant.scenario = with_wait(std::move(variant.scenario), wait, {});
          }};
}

std::vector<Relief> relief_table() {
  std::vector<Relief> table{
      {"slots", "twice the instances", in_any_scenario,
       [](CapacityVariant& variant) { variant.scenario.fleet.instances *= 2; }},
      {"cores", "twice the cores", in_any_scenario,
       [](CapacityVariant& variant) { variant.scenario.fleet.cores *= 2; }},
      {"daemon", "no call waits for daemon or disk", in_any_scenario,
       [](CapacityVariant& variant) { variant.calls_never_wait = true; }},
      {"slot_policy", policy_without_sharing,
       [](const Scenario& scenario) {
         return scenario.coordinator.slots != policy_without_sharing;
       },
       [](CapacityVariant& variant) {
         variant.scenario.coordinator.slots = policy_without_sharing;
       }}};
  for (const LockKind& lock : lock_kinds()) table.push_back(relief_of(lock));
  for (const WaitKind& wait : wait_kinds()) table.push_back(relief_of(wait));
  table.push_back({"concurrency", "any number under way",
                   [](const Scenario& scenario) {
                     return scenario.storm.arrivals.kind != "closed" && scenario.storm.concurrency;
                   },
                   [](CapacityVariant& variant) { variant.scenario.storm.concurrency.reset(); }});
  return table;
}

}  // namespace

std::span<const Relief> reliefs() {
  static const std::vector<Relief> table = relief_table();
  return table;
}

}  // namespace escrowstorm::sim
