// What the exclusive policies share: an instance belongs to one escrow at a time, an escrow gets
// all that it asks for at once or none, and the escrows are served strictly in the order they came.
// Nobody holds a part and waits for the rest within one acquire(), so there is no deadlock; nobody
// is overtaken, so there is no starvation. Constant time for each operation, whatever the number of
// instances and waiters.
#pragma once

#include <deque>
#include <optional>
#include <vector>

#include "base/wait_list.hpp"
#include "coordinator/slots/lease_events.hpp"

namespace escrowstorm::coordinator {

class FifoPool : public SlotPool {
 public:
  Awaitable<Lease> acquire(EscrowId escrow, RoleSet roles) final;
  std::optional<Lease> try_acquire(EscrowId escrow, RoleSet roles) final;
  void release(const Lease& lease) final;
  std::size_t waiting() const final { return queue_.size(); }
  void suspend(InstanceId instance) final;
  void resume(InstanceId instance) final;

 protected:
  FifoPool(InstanceId instances, Clock& clock, Observer& observer);

  // Takes a free instance for each of the roles, or nothing when they are not to be had all at
  // once.
  virtual std::optional<RoleInstances> take(RoleSet roles) = 0;
  // `instance` is free again.
  virtual void put_back(InstanceId instance) = 0;
  // `instance`, which is free, is to be had no more.
  virtual void take_out(InstanceId instance) = 0;

 private:
  // Lives in the frame of the acquire() that waits, which the wait list owns.
  struct Waiting {
    EscrowId escrow;
    RoleSet roles;
    TimePoint asked;
    Lease lease;
  };
  struct Slot {
    bool held = false;
    bool suspended = false;
  };

  Lease grant(EscrowId escrow, RoleSet roles, const RoleInstances& instances, TimePoint asked);
  void serve();

  LeaseEvents events_;
  std::vector<Slot> slots_;     // by instance
  std::deque<Waiting*> queue_;  // in step with waiting_
  WaitList waiting_;
};

}  // namespace escrowstorm::coordinator
