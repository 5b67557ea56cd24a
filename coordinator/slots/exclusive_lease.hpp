// exclusive_lease: any free instance for any role, the one that has been free longest first.
#pragma once

#include "coordinator/slots/fifo_pool.hpp"

namespace escrowstorm::coordinator {

class ExclusiveLease final : public FifoPool {
 public:
  // REQUIRES: at least three instances.
  ExclusiveLease(InstanceId instances, Clock& clock, Observer& observer);

 private:
  std::optional<RoleInstances> take_three() override;
  void put_back(InstanceId instance) override;

  std::deque<InstanceId> free_;  // longest free first
};

}  // namespace escrowstorm::coordinator
