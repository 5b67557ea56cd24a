// No blocks come.
#pragma once

#include "sim/faults/fault.hpp"
#include "sim/world/bank.hpp"

namespace escrowstorm::sim {

class BlockStall final : public WorldAction {
 public:
  explicit BlockStall(const FaultParameters& parameters) : lasts_(parameters.lasts) {}

  bool can_strike(const Outages& outages, const FaultSite&) const override {
    return outages.world().bank() && !outages.is_changed(is_over, FaultSite());
  }
  void strike(Outages& outages, const FaultSite&) const override {
    Bank* bank = outages.world().bank();
    bank->hold_blocks(true);
    outages.change(is_over, FaultSite(), [bank] { bank->hold_blocks(false); });
  }

  std::optional<Duration> lasts() const override { return lasts_; }
  void end(Outages& outages, const FaultSite&) const override {
    outages.put_right(is_over, FaultSite(), lasts_);
  }

 private:
  static constexpr std::string_view is_over = "blocks_again";

  const Duration lasts_;
};

}  // namespace escrowstorm::sim
