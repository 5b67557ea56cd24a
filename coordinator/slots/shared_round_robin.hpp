// shared_round_robin: no exclusion at all. Each role in turn takes the next instance of all,
// whoever else is on it: role r of the k-th set-up has instance (3k + r) mod n. Kept as history: it
// is what makes concurrent set-ups fail.
#pragma once

#include "coordinator/slots/lease_events.hpp"

namespace escrowstorm::coordinator {

class SharedRoundRobin final : public SlotPool {
 public:
  // REQUIRES: at least three instances.
  SharedRoundRobin(InstanceId instances, Clock& clock, Observer& observer);

  Awaitable<Lease> acquire(EscrowId escrow, RoleSet roles) override;  // never waits
  std::optional<Lease> try_acquire(EscrowId escrow, RoleSet roles) override;
  void release(const Lease& lease) override;
  std::size_t waiting() const override { return 0; }
  void suspend(InstanceId) override {}
  void resume(InstanceId) override {}

 private:
  LeaseEvents events_;
  const InstanceId instances_;
  InstanceId next_ = 0;
};

}  // namespace escrowstorm::coordinator
