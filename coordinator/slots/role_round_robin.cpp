#include "coordinator/slots/role_round_robin.hpp"

namespace escrowstorm::coordinator {

RoleRoundRobin::RoleRoundRobin(InstanceId instances, Clock& clock, Observer& observer)
    : events_(clock, observer), instances_(instances) {}

Awaitable<Lease> RoleRoundRobin::acquire(EscrowId escrow) {
  Lease lease;
  lease.escrow = escrow;
  lease.granted = events_.now();
  for (InstanceId role = 0; role < role_count; ++role) {
    lease.instances[role] = next_[role];
    next_[role] += role_count;
    if (next_[role] >= instances_) next_[role] = role;
  }
  events_.granted(lease, lease.granted);
  co_return lease;
}

void RoleRoundRobin::release(const Lease& lease) { events_.released(lease); }

}  // namespace escrowstorm::coordinator
