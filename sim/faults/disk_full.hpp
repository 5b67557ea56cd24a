// An instance's disk is full: what its wallet saves is not written.
#pragma once

#include "sim/faults/lasting_change.hpp"

namespace escrowstorm::sim {

class DiskFull final : public LastingChange {
 public:
  explicit DiskFull(const FaultParameters& parameters)
      : LastingChange(fault_phase::disk_has_room, parameters.lasts) {}

  // REQUIRES, as strike(): there is an instance.
  bool can_strike(const Outages& outages, const FaultSite& site) const override {
    return !is_changed(outages, site);
  }
  void strike(Outages& outages, const FaultSite& site) const override {
    mockrpc::Fleet& fleet = outages.world().fleet();
    const std::uint32_t instance = *site.instance;
    fleet.set_disk_full(instance, true);
    changed(outages, site, [&fleet, instance] { fleet.set_disk_full(instance, false); });
  }

 protected:
  FaultSite changed_at(const FaultSite& site) const override { return {site.instance, {}}; }
};

}  // namespace escrowstorm::sim
