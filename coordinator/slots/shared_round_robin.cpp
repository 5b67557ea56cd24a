#include "coordinator/slots/shared_round_robin.hpp"

namespace escrowstorm::coordinator {

SharedRoundRobin::SharedRoundRobin(InstanceId instances, Clock& clock, Observer& observer)
    : events_(clock, observer), instances_(instances) {}

Awaitable<Lease> SharedRoundRobin::acquire(EscrowId escrow, RoleSet roles) {
  co_return *try_acquire(escrow, roles);
}

std::optional<Lease> SharedRoundRobin::try_acquire(EscrowId escrow, RoleSet roles) {
  Lease lease;
  lease.escrow = escrow;
  lease.granted = events_.now();
  lease.roles = roles;
  for (const Role role : roles) {
    lease.instances[index_of(role)] = next_;
    next_ = (next_ + 1) % instances_;
  }
  events_.granted(lease, lease.granted);
  return lease;
}

void SharedRoundRobin::release(const Lease& lease) { events_.released(lease); }

}  // namespace escrowstorm::coordinator
