// role_round_robin: no exclusion. Buyers go in turn over instances 0, 3, 6, ..., vendors over 1, 4,
// 7, ... and arbiters over 2, 5, 8, ..., whoever else is on them. Kept as history: roles don't
// collide, escrows do.
#pragma once

#include <array>

#include "coordinator/slots/lease_events.hpp"

namespace escrowstorm::coordinator {

class RoleRoundRobin final : public SlotPool {
 public:
  // REQUIRES: at least three instances.
  RoleRoundRobin(InstanceId instances, Clock& clock, Observer& observer);

  Awaitable<Lease> acquire(EscrowId escrow, RoleSet roles) override;  // never waits
  std::optional<Lease> try_acquire(EscrowId escrow, RoleSet roles) override;
  void release(const Lease& lease) override;
  std::size_t waiting() const override { return 0; }
  void suspend(InstanceId) override {}
  void resume(InstanceId) override {}

 private:
  LeaseEvents events_;
  const InstanceId instances_;
  std::array<InstanceId, role_count> next_{0, 1, 2};  // by role
};

}  // namespace escrowstorm::coordinator
