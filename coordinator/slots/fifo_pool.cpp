#include "coordinator/slots/fifo_pool.hpp"

#include <cassert>

namespace escrowstorm::coordinator {

FifoPool::FifoPool(InstanceId instances, Clock& clock, Observer& observer)
    : events_(clock, observer), slots_(instances) {}

Awaitable<Lease> FifoPool::acquire(EscrowId escrow, RoleSet roles) {
  const std::optional<Lease> at_once = try_acquire(escrow, roles);
  if (at_once) co_return *at_once;
  const TimePoint asked = events_.now();
  events_.wait(escrow);
  Waiting own;
  own.escrow = escrow;
  own.roles = roles;
  own.asked = asked;
  queue_.push_back(&own);
  if (on_shortage) on_shortage();
  co_await waiting_.wait();
  co_return own.lease;  // the pool itself may be gone by now
}

std::optional<Lease> FifoPool::try_acquire(EscrowId escrow, RoleSet roles) {
  assert(!roles.empty());
  if (!queue_.empty()) return std::nullopt;
  const std::optional<RoleInstances> taken = take(roles);
  if (!taken) return std::nullopt;
  return grant(escrow, roles, *taken, events_.now());
}

void FifoPool::release(const Lease& lease) {
  events_.released(lease);
  for (const Role role : lease.roles) {
    const InstanceId instance = lease.instances[index_of(role)];
    Slot& slot = slots_[instance];
    assert(slot.held);
    slot.held = false;
    if (!slot.suspended) put_back(instance);
  }
  serve();
}

void FifoPool::suspend(InstanceId instance) {
  Slot& slot = slots_[instance];
  assert(!slot.suspended);
  slot.suspended = true;
  if (!slot.held) take_out(instance);
}

void FifoPool::resume(InstanceId instance) {
  Slot& slot = slots_[instance];
  assert(slot.suspended);
  slot.suspended = false;
  if (slot.held) return;
  put_back(instance);
  serve();
}

void FifoPool::serve() {
  while (!queue_.empty()) {
    Waiting& head = *queue_.front();
    const std::optional<RoleInstances> taken = take(head.roles);
    if (!taken) return;
    queue_.pop_front();
    head.lease = grant(head.escrow, head.roles, *taken, head.asked);
    waiting_.wake_one();
  }
}

Lease FifoPool::grant(EscrowId escrow, RoleSet roles, const RoleInstances& instances,
                      TimePoint asked) {
  for (const Role role : roles) {
    Slot& slot = slots_[instances[index_of(role)]];
    assert(!slot.held && !slot.suspended);
    slot.held = true;
  }
  Lease lease;
  lease.escrow = escrow;
  lease.roles = roles;
  lease.instances = instances;
  lease.granted = events_.now();
  events_.granted(lease, asked);
  return lease;
}

}  // namespace escrowstorm::coordinator
