// The coordinator's clock jumps ahead: its process is stopped while everybody else goes on, and
// when it goes on, all that it waited for is over at once.
#pragma once

#include "sim/faults/lasting_change.hpp"

namespace escrowstorm::sim {

class ClockJump final : public LastingChange {
 public:
  explicit ClockJump(const FaultParameters& parameters)
      : LastingChange(fault_phase::coordinator_resume, parameters.lasts) {}

  bool can_strike(const Outages& outages, const FaultSite& site) const override {
    return outages.is_coordinator_up() && !is_changed(outages, site);
  }
  void strike(Outages& outages, const FaultSite& site) const override {
    WorldControl& world = outages.world();
    world.suspend_coordinator();
    changed(outages, site, [&world] { world.resume_coordinator(); });
  }
};

}  // namespace escrowstorm::sim
