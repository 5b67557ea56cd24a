// The daemon of all wallets lacks the last blocks of the chain.
#pragma once

#include "sim/faults/fault.hpp"

namespace escrowstorm::sim {

class DaemonLag final : public WorldAction {
 public:
  explicit DaemonLag(const FaultParameters& parameters)
      : blocks_(parameters.blocks), lasts_(parameters.lasts) {}

  bool can_strike(const Outages& outages, const FaultSite&) const override {
    return !outages.is_changed(is_over, FaultSite());
  }
  void strike(Outages& outages, const FaultSite&) const override {
    mockrpc::Fleet& fleet = outages.world().fleet();
    fleet.set_daemon_behind(blocks_);
    outages.change(is_over, FaultSite(), [&fleet] { fleet.set_daemon_behind(0); });
  }

  std::optional<Duration> lasts() const override { return lasts_; }
  void end(Outages& outages, const FaultSite&) const override {
    outages.put_right(is_over, FaultSite(), lasts_);
  }

 private:
  static constexpr std::string_view is_over = "daemon_caught_up";

  const std::uint64_t blocks_;
  const Duration lasts_;
};

}  // namespace escrowstorm::sim
