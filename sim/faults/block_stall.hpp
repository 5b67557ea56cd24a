// No blocks come.
#pragma once

#include "sim/faults/lasting_change.hpp"
#include "sim/world/bank.hpp"

namespace escrowstorm::sim {

class BlockStall final : public LastingChange {
 public:
  explicit BlockStall(const FaultParameters& parameters)
      : LastingChange(fault_phase::blocks_again, parameters.lasts) {}

  bool can_strike(const Outages& outages, const FaultSite& site) const override {
    return outages.world().bank() && !is_changed(outages, site);
  }
  void strike(Outages& outages, const FaultSite& site) const override {
    Bank* bank = outages.world().bank();
    bank->hold_blocks(true);
    changed(outages, site, [bank] { bank->hold_blocks(false); });
  }
};

}  // namespace escrowstorm::sim
