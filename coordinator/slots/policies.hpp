// The table of slot policies, by the name they have in a scenario. To add one: a file for it here,
// derived from SlotPool or FifoPool, and a line in policies.cpp.
#pragma once

#include <memory>
#include <span>
#include <string>
#include <string_view>

#include "base/clock.hpp"
#include "coordinator/slots/slot_pool.hpp"

namespace escrowstorm::coordinator {

struct SlotPolicy {
  std::string_view name;
  std::string_view about;
  bool exclusive;  // one escrow at most on each instance
  // REQUIRES: at least three instances.
  std::unique_ptr<SlotPool> (*make)(InstanceId instances, Clock& clock, Observer& observer);
};

std::span<const SlotPolicy> slot_policies();

// Nothing when no policy has that name.
const SlotPolicy* find_slot_policy(std::string_view name);

// "exclusive_lease, role_partitioned, ...", for messages about a wrong name.
std::string slot_policy_names();

}  // namespace escrowstorm::coordinator
