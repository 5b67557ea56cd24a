// exclusive_lease: any free instance for any role, the one that has been free longest first.
#pragma once

#include "coordinator/slots/fifo_pool.hpp"
#include "coordinator/slots/free_list.hpp"

namespace escrowstorm::coordinator {

class ExclusiveLease final : public FifoPool {
 public:
  // REQUIRES: at least three instances.
  ExclusiveLease(InstanceId instances, Clock& clock, Observer& observer);

 private:
  std::optional<RoleInstances> take(RoleSet roles) override;
  void put_back(InstanceId instance) override { free_.push_back(instance); }
  void take_out(InstanceId instance) override { free_.remove(instance); }

  FreeList free_;
};

}  // namespace escrowstorm::coordinator
