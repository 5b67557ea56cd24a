// All wallets look at the chain at once, and it takes them long.
#pragma once

#include "sim/faults/fault.hpp"

namespace escrowstorm::sim {

class RefreshStorm final : public WorldAction {
 public:
  explicit RefreshStorm(const FaultParameters& parameters) : takes_(parameters.lasts) {}

  bool can_strike(const Outages& outages, const FaultSite&) const override {
    const mockrpc::Fleet& fleet = outages.world().fleet();
    for (std::uint32_t i = 0; i < fleet.instances(); ++i)
      if (fleet.can_refresh(i)) return true;
    return false;
  }
  void strike(Outages& outages, const FaultSite&) const override {
    mockrpc::Fleet& fleet = outages.world().fleet();
    for (std::uint32_t i = 0; i < fleet.instances(); ++i) fleet.refresh(i, takes_);
  }

 private:
  const Duration takes_;
};

}  // namespace escrowstorm::sim
