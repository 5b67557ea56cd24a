// The founding notes' theory: an instance goes on answering for the wallet that was closed there.
// No real one does so, but whoever waits for it to be over is to be judged by it.
#pragma once

#include "sim/faults/lasting_change.hpp"

namespace escrowstorm::sim {

class CachePollution final : public LastingChange {
 public:
  explicit CachePollution(const FaultParameters& parameters)
      : LastingChange(fault_phase::cache_cured, parameters.lasts) {}

  // The wallet is about to be closed. REQUIRES, as strike(): there is an instance.
  bool can_strike(const Outages& outages, const FaultSite& site) const override {
    return outages.is_instance_up(*site.instance) &&
           outages.world().fleet().can_pollute(*site.instance);
  }
  void strike(Outages& outages, const FaultSite& site) const override {
    mockrpc::Fleet& fleet = outages.world().fleet();
    const std::uint32_t instance = *site.instance;
    fleet.pollute(instance);
    changed(outages, site, [&fleet, instance] { fleet.cure(instance); });
  }

 protected:
  FaultSite changed_at(const FaultSite& site) const override { return {site.instance, {}}; }
};

}  // namespace escrowstorm::sim
