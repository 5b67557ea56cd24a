// Which instances an escrow works on, one for each role. A lease is given back by release() and by
// nothing else: no destructor does it, so a crash drops leases as it drops frames.
//
// Lives on the world's executor. Destroying the pool drops whoever waits in it. Tells events of
// kind lease: "wait" when an escrow has to, "granted" (duration: how long it waited) and "released"
// (duration: how long it was held) for each of the three instances.
#pragma once

#include <array>

#include "base/async.hpp"
#include "base/observer.hpp"
#include "base/transport.hpp"

namespace escrowstorm::coordinator {

using RoleInstances = std::array<InstanceId, role_count>;

struct Lease {
  EscrowId escrow = 0;
  RoleInstances instances{};
  TimePoint granted{};
};

class SlotPool {
 public:
  virtual ~SlotPool() = default;

  // Suspends until the escrow may use its three instances.
  virtual Awaitable<Lease> acquire(EscrowId escrow) = 0;

  // REQUIRES: `lease` came from acquire() of this pool and was not released yet.
  virtual void release(const Lease& lease) = 0;
};

}  // namespace escrowstorm::coordinator
