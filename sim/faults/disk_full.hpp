// An instance's disk is full: what its wallet saves is not written.
#pragma once

#include "sim/faults/fault.hpp"

namespace escrowstorm::sim {

class DiskFull final : public WorldAction {
 public:
  explicit DiskFull(const FaultParameters& parameters) : lasts_(parameters.lasts) {}

  // REQUIRES, as strike(): there is an instance.
  bool can_strike(const Outages& outages, const FaultSite& site) const override {
    return !outages.is_changed(is_over, at(site));
  }
  void strike(Outages& outages, const FaultSite& site) const override {
    mockrpc::Fleet& fleet = outages.world().fleet();
    const std::uint32_t instance = *site.instance;
    fleet.set_disk_full(instance, true);
    outages.change(is_over, at(site), [&fleet, instance] { fleet.set_disk_full(instance, false); });
  }

  std::optional<Duration> lasts() const override { return lasts_; }
  void end(Outages& outages, const FaultSite& site) const override {
    outages.put_right(is_over, at(site), lasts_);
  }

 private:
  static constexpr std::string_view is_over = "disk_has_room";
  static FaultSite at(const FaultSite& site) { return {site.instance, {}}; }

  const Duration lasts_;
};

}  // namespace escrowstorm::sim
