// Another program has the file of a wallet open.
#pragma once

#include "sim/faults/lasting_change.hpp"

namespace escrowstorm::sim {

class FileLocked final : public LastingChange {
 public:
  explicit FileLocked(const FaultParameters& parameters)
      : LastingChange(fault_phase::file_unlocked, parameters.lasts) {}

  bool can_strike(const Outages& outages, const FaultSite& site) const override {
    return outages.world().fleet().can_lock_file(site.wallet);
  }
  void strike(Outages& outages, const FaultSite& site) const override {
    mockrpc::Fleet& fleet = outages.world().fleet();
    fleet.lock_file(site.wallet);
    changed(outages, site, [&fleet, wallet = site.wallet] { fleet.unlock_file(wallet); });
  }

 protected:
  FaultSite changed_at(const FaultSite& site) const override { return {std::nullopt, site.wallet}; }
};

}  // namespace escrowstorm::sim
