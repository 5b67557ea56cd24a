// Which instances an escrow works on, one for each role that it asks for. A lease is given back by
// release() and by nothing else: no destructor does it, so a crash drops leases as it drops frames.
//
// Lives on the world's executor. Destroying the pool drops whoever waits in it. Tells events of
// kind lease: "wait" when an escrow has to, "granted" (duration: how long it waited) and "released"
// (duration: how long it was held) for each of the lease's instances.
#pragma once

#include <array>
#include <cstddef>
#include <functional>
#include <optional>

#include "base/async.hpp"
#include "base/observer.hpp"
#include "base/transport.hpp"
#include "coordinator/slots/role_set.hpp"

namespace escrowstorm::coordinator {

using RoleInstances = std::array<InstanceId, role_count>;

struct Lease {
  EscrowId escrow = 0;
  RoleSet roles;
  RoleInstances instances{};  // of the roles in it
  TimePoint granted{};
};

class SlotPool {
 public:
  virtual ~SlotPool() = default;

  // Suspends until the escrow may use an instance for each of the roles: all at once or none.
  // REQUIRES: at least one role.
  virtual Awaitable<Lease> acquire(EscrowId escrow, RoleSet roles) = 0;

  // The same, or nothing when it would have to wait.
  virtual std::optional<Lease> try_acquire(EscrowId escrow, RoleSet roles) = 0;

  // REQUIRES: `lease` came from acquire() or try_acquire() of this pool and was not released yet.
  virtual void release(const Lease& lease) = 0;

  // How many acquire() wait.
  virtual std::size_t waiting() const = 0;

  // Told as an acquire() has to wait, to its one owner, who may release leases in a later task, not
  // from inside.
  std::function<void()> on_shortage;

  // From then on the instance is granted to nobody, until resume(). A lease may hold it meanwhile:
  // it can be granted again when both have happened. Policies that share do nothing here.
  // REQUIRES: not suspended already; suspended.
  virtual void suspend(InstanceId instance) = 0;
  virtual void resume(InstanceId instance) = 0;
};

}  // namespace escrowstorm::coordinator
