// every_escrow_ends: every escrow that was asked for becomes ready or fails. Judged when the storm
// is over, or when, after calm, none has ended for as long as the scenario allows.
#pragma once

#include <set>

#include "sim/invariants/invariant.hpp"

namespace escrowstorm::sim {

class EveryEscrowEnds final : public Invariant {
 public:
  using Invariant::Invariant;
  void told(const Event& event) override;
  void over(TimePoint at) override;

 private:
  std::set<EscrowId> under_way_;
};

}  // namespace escrowstorm::sim
