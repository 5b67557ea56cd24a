#include "coordinator/slots/exclusive_lease.hpp"

namespace escrowstorm::coordinator {

ExclusiveLease::ExclusiveLease(InstanceId instances, Clock& clock, Observer& observer)
    : FifoPool(instances, clock, observer) {
  for (InstanceId i = 0; i < instances; ++i) free_.push_back(i);
}

std::optional<RoleInstances> ExclusiveLease::take_three() {
  if (free_.size() < role_count) return std::nullopt;
  RoleInstances three{};
  for (InstanceId& instance : three) {
    instance = free_.front();
    free_.pop_front();
  }
  return three;
}

void ExclusiveLease::put_back(InstanceId instance) { free_.push_back(instance); }

}  // namespace escrowstorm::coordinator
