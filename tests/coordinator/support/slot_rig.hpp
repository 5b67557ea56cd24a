// A slot pool by itself: who asks, who holds what, and in which order they got it.
#pragma once

#include <boost/asio/co_spawn.hpp>
#include <map>
#include <memory>
#include <string_view>
#include <vector>

#include "coordinator/slots/policies.hpp"
#include "tests/coordinator/support/rig.hpp"

namespace escrowstorm::test {

struct SlotRig {
  SlotRig(std::string_view policy, InstanceId instances)
      : pool(coordinator::find_slot_policy(policy)->make(instances, clock, observer)) {}

  // The lease appears in `held`, and its escrow in `order`, when it is granted.
  void acquire(EscrowId escrow, coordinator::RoleSet roles = coordinator::RoleSet::all()) {
    boost::asio::co_spawn(loop, pool->acquire(escrow, roles),
                          [this](std::exception_ptr, coordinator::Lease lease) {
                            order.push_back(lease.escrow);
                            held[lease.escrow] = lease;
                          });
    settle();
  }

  void release(EscrowId escrow) {
    const coordinator::Lease lease = held.at(escrow);
    held.erase(escrow);
    pool->release(lease);
    settle();
  }

  void resume(InstanceId instance) {
    pool->resume(instance);
    settle();
  }

  void settle() {
    loop.restart();
    loop.poll();
  }

  boost::asio::io_context loop;
  ManualClock clock;
  RecordingObserver observer;
  std::unique_ptr<coordinator::SlotPool> pool;
  std::map<EscrowId, coordinator::Lease> held;
  std::vector<EscrowId> order;
};

inline constexpr const char* exclusive_policies[] = {"exclusive_lease", "role_partitioned"};

}  // namespace escrowstorm::test
