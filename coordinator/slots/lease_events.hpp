// Tells the observer what happens to leases, in the same words for all policies.
#pragma once

#include "base/clock.hpp"
#include "coordinator/slots/slot_pool.hpp"

namespace escrowstorm::coordinator {

class LeaseEvents {
 public:
  LeaseEvents(Clock& clock, Observer& observer) : clock_(clock), observer_(observer) {}

  TimePoint now() const { return clock_.now(); }
  void wait(EscrowId escrow);
  void granted(const Lease& lease, TimePoint asked);
  void released(const Lease& lease);

 private:
  void tell_each(std::string_view phase, const Lease& lease, Duration duration);

  Clock& clock_;
  Observer& observer_;
};

}  // namespace escrowstorm::coordinator
