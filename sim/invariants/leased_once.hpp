// leased_once: an instance works for one escrow at a time. Who has it is seen by its calls: an
// escrow takes an instance by creating or opening a wallet there, and whoever goes on calling it
// after another has taken it thought it was still its own.
#pragma once

#include "sim/invariants/invariant.hpp"

namespace escrowstorm::sim {

class LeasedOnce final : public Invariant {
 public:
  using Invariant::Invariant;
  void executed(const mockrpc::LedgerEntry& entry) override;
  void killed(TimePoint at, std::uint32_t instance) override;

 private:
  std::vector<std::optional<EscrowId>> taken_by_;  // by instance
};

}  // namespace escrowstorm::sim
