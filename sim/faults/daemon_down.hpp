// The daemon of all wallets can't be reached.
#pragma once

#include "sim/faults/lasting_change.hpp"

namespace escrowstorm::sim {

class DaemonDown final : public LastingChange {
 public:
  explicit DaemonDown(const FaultParameters& parameters)
      : LastingChange(fault_phase::daemon_back, parameters.lasts) {}

  bool can_strike(const Outages& outages, const FaultSite& site) const override {
    return !is_changed(outages, site);
  }
  void strike(Outages& outages, const FaultSite& site) const override {
    mockrpc::Fleet& fleet = outages.world().fleet();
    fleet.set_daemon_up(false);
    changed(outages, site, [&fleet] { fleet.set_daemon_up(true); });
  }
};

}  // namespace escrowstorm::sim
