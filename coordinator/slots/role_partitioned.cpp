#include "coordinator/slots/role_partitioned.hpp"

#include <algorithm>

namespace escrowstorm::coordinator {

RolePartitioned::RolePartitioned(InstanceId instances, Clock& clock, Observer& observer)
    : FifoPool(instances, clock, observer) {
  for (InstanceId i = 0; i < instances; ++i) put_back(i);
}

std::optional<RoleInstances> RolePartitioned::take_three() {
  const auto none_free = [](const std::deque<InstanceId>& of_role) { return of_role.empty(); };
  if (std::any_of(free_.begin(), free_.end(), none_free)) return std::nullopt;
  RoleInstances three{};
  for (std::size_t role = 0; role < role_count; ++role) {
    three[role] = free_[role].front();
    free_[role].pop_front();
  }
  return three;
}

void RolePartitioned::put_back(InstanceId instance) {
  free_[instance % role_count].push_back(instance);
}

}  // namespace escrowstorm::coordinator
