// What the exclusive policies share: an instance belongs to one escrow at a time, an escrow gets
// all three at once or none, and the escrows are served strictly in the order they came. Nobody
// holds a part and waits for the rest, so there is no deadlock; nobody is overtaken, so there is no
// starvation. Constant time for each operation, whatever the number of waiters.
#pragma once

#include <deque>
#include <optional>
#include <vector>

#include "base/wait_list.hpp"
#include "coordinator/slots/lease_events.hpp"

namespace escrowstorm::coordinator {

class FifoPool : public SlotPool {
 public:
  Awaitable<Lease> acquire(EscrowId escrow) final;
  void release(const Lease& lease) final;

 protected:
  FifoPool(InstanceId instances, Clock& clock, Observer& observer);

  // Takes three free instances, or nothing when they are not to be had all at once.
  virtual std::optional<RoleInstances> take_three() = 0;
  // `instance` is free again.
  virtual void put_back(InstanceId instance) = 0;

 private:
  // Lives in the frame of the acquire() that waits, which the wait list owns.
  struct Waiting {
    EscrowId escrow;
    TimePoint asked;
    Lease lease;
  };

  Lease grant(EscrowId escrow, const RoleInstances& instances, TimePoint asked);

  LeaseEvents events_;
  std::vector<bool> held_;      // by instance
  std::deque<Waiting*> queue_;  // in step with waiting_
  WaitList waiting_;
};

}  // namespace escrowstorm::coordinator
