// leases_returned: when all is over no escrow holds an instance. Leases are the coordinator's own
// notion, so it is its lease events that are counted; a lease that is lost without a word shows in
// every_escrow_ends. A coordinator that dies has no leases any more.
#pragma once

#include <map>

#include "sim/invariants/invariant.hpp"

namespace escrowstorm::sim {

class LeasesReturned final : public Invariant {
 public:
  using Invariant::Invariant;
  void told(const Event& event) override;
  void over(TimePoint at) override;

 private:
  std::map<EscrowId, int> held_;  // instances
};

}  // namespace escrowstorm::sim
