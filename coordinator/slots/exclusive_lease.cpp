#include "coordinator/slots/exclusive_lease.hpp"

namespace escrowstorm::coordinator {

ExclusiveLease::ExclusiveLease(InstanceId instances, Clock& clock, Observer& observer)
    : FifoPool(instances, clock, observer), free_(instances) {
  for (InstanceId i = 0; i < instances; ++i) free_.push_back(i);
}

std::optional<RoleInstances> ExclusiveLease::take(RoleSet roles) {
  if (free_.size() < roles.size()) return std::nullopt;
  RoleInstances taken{};
  for (const Role role : roles) taken[index_of(role)] = free_.pop_front();
  return taken;
}

}  // namespace escrowstorm::coordinator
