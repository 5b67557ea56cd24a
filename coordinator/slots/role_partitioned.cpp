#include "coordinator/slots/role_partitioned.hpp"

namespace escrowstorm::coordinator {

RolePartitioned::RolePartitioned(InstanceId instances, Clock& clock, Observer& observer)
    : FifoPool(instances, clock, observer),
      free_{FreeList(instances), FreeList(instances), FreeList(instances)} {
  for (InstanceId i = 0; i < instances; ++i) third_of(i).push_back(i);
}

std::optional<RoleInstances> RolePartitioned::take(RoleSet roles) {
  for (const Role role : roles) {
    if (free_[index_of(role)].empty()) return std::nullopt;
  }
  RoleInstances taken{};
  for (const Role role : roles) taken[index_of(role)] = free_[index_of(role)].pop_front();
  return taken;
}

}  // namespace escrowstorm::coordinator
