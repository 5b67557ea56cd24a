#include "sim/capacity/relief.hpp"

#include <array>

namespace escrowstorm::sim {
namespace {

using coordinator::CreationLock;
using coordinator::Rounds;
using coordinator::SetupWaits;

constexpr std::string_view policy_without_sharing = "exclusive_lease";

bool in_any_scenario(const Scenario&) { return true; }

template <Duration SetupWaits::*Wait>
bool has_wait(const Scenario& scenario) {
  return scenario.coordinator.waits.*Wait > Duration::zero();
}

template <Duration SetupWaits::*Wait>
void take_wait_away(CapacityVariant& variant) {
  variant.scenario.coordinator.waits.*Wait = Duration::zero();
}

constexpr std::array relief_table{
    Relief{"slots", "twice the instances", in_any_scenario,
           [](CapacityVariant& variant) { variant.scenario.fleet.instances *= 2; }},
    Relief{"cores", "twice the cores", in_any_scenario,
           [](CapacityVariant& variant) { variant.scenario.fleet.cores *= 2; }},
    Relief{"daemon", "no call waits for daemon or disk", in_any_scenario,
           [](CapacityVariant& variant) { variant.calls_never_wait = true; }},
    Relief{"slot_policy", "exclusive_lease",
           [](const Scenario& scenario) {
             return scenario.coordinator.slots != policy_without_sharing;
           },
           [](CapacityVariant& variant) {
             variant.scenario.coordinator.slots = policy_without_sharing;
           }},
    Relief{"creation_lock", "none",
           [](const Scenario& scenario) {
             return scenario.coordinator.waits.creation_lock != CreationLock::none;
           },
           [](CapacityVariant& variant) {
             variant.scenario.coordinator.waits.creation_lock = CreationLock::none;
           }},
    Relief{"rounds", "parallel",
           [](const Scenario& scenario) {
             return scenario.coordinator.waits.rounds != Rounds::parallel;
           },
           [](CapacityVariant& variant) {
             variant.scenario.coordinator.waits.rounds = Rounds::parallel;
           }},
    Relief{"stagger_between_escrows", "none", has_wait<&SetupWaits::stagger_between_escrows>,
           take_wait_away<&SetupWaits::stagger_between_escrows>},
    Relief{"wait_after_make", "none", has_wait<&SetupWaits::wait_after_make>,
           take_wait_away<&SetupWaits::wait_after_make>},
    Relief{"purge_wait", "none", has_wait<&SetupWaits::purge_wait>,
           take_wait_away<&SetupWaits::purge_wait>},
    Relief{"concurrency", "any number under way",
           [](const Scenario& scenario) {
             return scenario.storm.arrivals.kind != "closed" && scenario.storm.concurrency;
           },
           [](CapacityVariant& variant) { variant.scenario.storm.concurrency.reset(); }},
};

}  // namespace

std::span<const Relief> reliefs() { return relief_table; }
}  // namespace escrowstorm::sim
