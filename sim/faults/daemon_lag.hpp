// The daemon of all wallets lacks the last blocks of the chain.
#pragma once

#include "sim/faults/lasting_change.hpp"

namespace escrowstorm::sim {

class DaemonLag final : public LastingChange {
 public:
  explicit DaemonLag(const FaultParameters& parameters)
      : LastingChange(fault_phase::daemon_caught_up, parameters.lasts),
        blocks_(parameters.blocks) {}

  bool can_strike(const Outages& outages, const FaultSite& site) const override {
    return !is_changed(outages, site);
  }
  void strike(Outages& outages, const FaultSite& site) const override {
    mockrpc::Fleet& fleet = outages.world().fleet();
    fleet.set_daemon_behind(blocks_);
    changed(outages, site, [&fleet] { fleet.set_daemon_behind(0); });
  }

 private:
  const std::uint64_t blocks_;
};

}  // namespace escrowstorm::sim
