// role_partitioned: exclusive too, but buyers take instances 0, 3, 6, ..., vendors 1, 4, 7, ... and
// arbiters 2, 5, 8, ... only. A fleet of n carries as many escrows at once as n / 3.
#pragma once

#include "coordinator/slots/fifo_pool.hpp"
#include "coordinator/slots/free_list.hpp"

namespace escrowstorm::coordinator {

class RolePartitioned final : public FifoPool {
 public:
  // REQUIRES: at least three instances.
  RolePartitioned(InstanceId instances, Clock& clock, Observer& observer);

 private:
  std::optional<RoleInstances> take(RoleSet roles) override;
  void put_back(InstanceId instance) override { third_of(instance).push_back(instance); }
  void take_out(InstanceId instance) override { third_of(instance).remove(instance); }

  FreeList& third_of(InstanceId instance) { return free_[instance % role_count]; }

  std::array<FreeList, role_count> free_;  // by role
};

}  // namespace escrowstorm::coordinator
