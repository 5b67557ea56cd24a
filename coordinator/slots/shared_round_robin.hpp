// shared_round_robin: no exclusion at all. Role r of the k-th escrow takes instance (3k + r) mod n,
// whoever else is on it. Kept as history: it is what makes concurrent set-ups fail.
#pragma once

#include "coordinator/slots/lease_events.hpp"

namespace escrowstorm::coordinator {

class SharedRoundRobin final : public SlotPool {
 public:
  // REQUIRES: at least three instances.
  SharedRoundRobin(InstanceId instances, Clock& clock, Observer& observer);

  Awaitable<Lease> acquire(EscrowId escrow) override;  // never waits
  void release(const Lease& lease) override;

 private:
  LeaseEvents events_;
  const InstanceId instances_;
  InstanceId next_ = 0;
};

}  // namespace escrowstorm::coordinator
