// role_partitioned: exclusive too, but buyers take instances 0, 3, 6, ..., vendors 1, 4, 7, ... and
// arbiters 2, 5, 8, ... only. A fleet of n carries as many escrows at once as n / 3.
#pragma once

#include "coordinator/slots/fifo_pool.hpp"

namespace escrowstorm::coordinator {

class RolePartitioned final : public FifoPool {
 public:
  // REQUIRES: at least three instances.
  RolePartitioned(InstanceId instances, Clock& clock, Observer& observer);

 private:
  std::optional<RoleInstances> take_three() override;
  void put_back(InstanceId instance) override;

  std::array<std::deque<InstanceId>, role_count> free_;  // by role, longest free first
};

}  // namespace escrowstorm::coordinator
