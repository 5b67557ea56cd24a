// The daemon of all wallets can't be reached.
#pragma once

#include "sim/faults/fault.hpp"

namespace escrowstorm::sim {

class DaemonDown final : public WorldAction {
 public:
  explicit DaemonDown(const FaultParameters& parameters) : lasts_(parameters.lasts) {}

  bool can_strike(const Outages& outages, const FaultSite&) const override {
    return !outages.is_changed(is_over, FaultSite());
  }
  void strike(Outages& outages, const FaultSite&) const override {
    mockrpc::Fleet& fleet = outages.world().fleet();
    fleet.set_daemon_up(false);
    outages.change(is_over, FaultSite(), [&fleet] { fleet.set_daemon_up(true); });
  }

  std::optional<Duration> lasts() const override { return lasts_; }
  void end(Outages& outages, const FaultSite&) const override {
    outages.put_right(is_over, FaultSite(), lasts_);
  }

 private:
  static constexpr std::string_view is_over = "daemon_back";

  const Duration lasts_;
};

}  // namespace escrowstorm::sim
