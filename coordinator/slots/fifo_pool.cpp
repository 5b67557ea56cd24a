#include "coordinator/slots/fifo_pool.hpp"

#include <cassert>

namespace escrowstorm::coordinator {

FifoPool::FifoPool(InstanceId instances, Clock& clock, Observer& observer)
    : events_(clock, observer), held_(instances, false) {}

Awaitable<Lease> FifoPool::acquire(EscrowId escrow) {
  const TimePoint asked = events_.now();
  if (queue_.empty()) {
    const std::optional<RoleInstances> three = take_three();
    if (three) co_return grant(escrow, *three, asked);
  }
  events_.wait(escrow);
  Waiting own;
  own.escrow = escrow;
  own.asked = asked;
  queue_.push_back(&own);
  co_await waiting_.wait();
  co_return own.lease;  // the pool itself may be gone by now
}

void FifoPool::release(const Lease& lease) {
  events_.released(lease);
  for (const InstanceId instance : lease.instances) {
    assert(held_[instance]);
    held_[instance] = false;
    put_back(instance);
  }
  while (!queue_.empty()) {
    const std::optional<RoleInstances> three = take_three();
    if (!three) return;
    Waiting& head = *queue_.front();
    queue_.pop_front();
    head.lease = grant(head.escrow, *three, head.asked);
    waiting_.wake_one();
  }
}

Lease FifoPool::grant(EscrowId escrow, const RoleInstances& instances, TimePoint asked) {
  for (const InstanceId instance : instances) {
    assert(!held_[instance]);
    held_[instance] = true;
  }
  Lease lease;
  lease.escrow = escrow;
  lease.instances = instances;
  lease.granted = events_.now();
  events_.granted(lease, asked);
  return lease;
}

}  // namespace escrowstorm::coordinator
