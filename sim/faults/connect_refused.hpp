// The port of an instance is shut, as when a proxy in front of it goes: who connects is refused,
// what is under way has its answer. Its process lives on, its wallet stays open.
#pragma once

#include "sim/faults/lasting_change.hpp"

namespace escrowstorm::sim {

class ConnectRefused final : public LastingChange {
 public:
  explicit ConnectRefused(const FaultParameters& parameters)
      : LastingChange(fault_phase::port_open, parameters.lasts) {}

  // The call that triggers it has connected, and is answered.
  CallStage stage() const override { return CallStage::after; }

  // REQUIRES, as strike(): there is an instance.
  bool can_strike(const Outages& outages, const FaultSite& site) const override {
    return outages.is_instance_up(*site.instance) &&
           outages.world().fleet().is_port_open(*site.instance);
  }
  void strike(Outages& outages, const FaultSite& site) const override {
    WorldControl& world = outages.world();
    const std::uint32_t instance = *site.instance;
    world.fleet().shut_port(instance);
    changed(outages, site, [&world, instance] { world.open_port(instance); });
  }

 protected:
  FaultSite changed_at(const FaultSite& site) const override { return {site.instance, {}}; }
};

}  // namespace escrowstorm::sim
