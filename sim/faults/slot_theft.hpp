// A foreign client opens a wallet of its own on an instance. What happens then is the wallet
// model's doing: the slot holds one wallet.
#pragma once

#include <string>

#include "sim/faults/fault.hpp"

namespace escrowstorm::sim {

class SlotTheft final : public Fault {
 public:
  explicit SlotTheft(const FaultParameters& parameters) : wallet_(parameters.wallet) {}

  CallStage stage() const override { return CallStage::after; }
  void describe(Event& event) const override { event.wallet = wallet_; }

  // REQUIRES, as strike(): there is an instance. One that is down refuses the thief too.
  bool can_strike(const Outages& outages, const FaultSite& site) const override {
    return outages.is_instance_up(*site.instance);
  }
  void strike(Outages& outages, const FaultSite& site) const override {
    outages.world().steal_slot(*site.instance, wallet_);
  }

 private:
  const std::string wallet_;
};

}  // namespace escrowstorm::sim
