#include "coordinator/slots/role_round_robin.hpp"

namespace escrowstorm::coordinator {

RoleRoundRobin::RoleRoundRobin(InstanceId instances, Clock& clock, Observer& observer)
    : events_(clock, observer), instances_(instances) {}

Awaitable<Lease> RoleRoundRobin::acquire(EscrowId escrow, RoleSet roles) {
  co_return *try_acquire(escrow, roles);
}

std::optional<Lease> RoleRoundRobin::try_acquire(EscrowId escrow, RoleSet roles) {
  Lease lease;
  lease.escrow = escrow;
  lease.granted = events_.now();
  lease.roles = roles;
  for (const Role role : roles) {
    InstanceId& next = next_[index_of(role)];
    lease.instances[index_of(role)] = next;
    next += role_count;
    if (next >= instances_) next = static_cast<InstanceId>(index_of(role));
  }
  events_.granted(lease, lease.granted);
  return lease;
}

void RoleRoundRobin::release(const Lease& lease) { events_.released(lease); }

}  // namespace escrowstorm::coordinator
