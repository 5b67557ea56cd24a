#include "coordinator/slots/policies.hpp"

#include <array>

#include "coordinator/slots/exclusive_lease.hpp"
#include "coordinator/slots/role_partitioned.hpp"
#include "coordinator/slots/role_round_robin.hpp"
#include "coordinator/slots/shared_round_robin.hpp"

namespace escrowstorm::coordinator {
namespace {

template <class Policy>
std::unique_ptr<SlotPool> make(InstanceId instances, Clock& clock, Observer& observer) {
  return std::make_unique<Policy>(instances, clock, observer);
}

constexpr std::array policies{
    SlotPolicy{"exclusive_lease", "any free instance for any role, one escrow on each", true,
               make<ExclusiveLease>},
    SlotPolicy{"role_partitioned", "one escrow on each instance, each role on its third of them",
               true, make<RolePartitioned>},
    SlotPolicy{"role_round_robin",
               "no exclusion: each role in turn over its third of the instances", false,
               make<RoleRoundRobin>},
    SlotPolicy{"shared_round_robin", "no exclusion: instances in turn, whoever is on them", false,
               make<SharedRoundRobin>},
};

}  // namespace

std::span<const SlotPolicy> slot_policies() { return policies; }

const SlotPolicy* find_slot_policy(std::string_view name) {
  for (const SlotPolicy& policy : policies) {
    if (policy.name == name) return &policy;
  }
  return nullptr;
}

std::string slot_policy_names() {
  std::string names;
  for (const SlotPolicy& policy : policies) {
    if (!names.empty()) names += ", ";
    names += policy.name;
  }
  return names;
}

}  // namespace escrowstorm::coordinator
