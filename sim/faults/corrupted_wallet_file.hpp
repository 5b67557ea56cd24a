// A file of a wallet is damaged.
#pragma once

#include "sim/faults/fault.hpp"

namespace escrowstorm::sim {

class CorruptedWalletFile final : public WorldAction {
 public:
  explicit CorruptedWalletFile(const FaultParameters& parameters) : file_(parameters.file) {}

  bool can_strike(const Outages& outages, const FaultSite& site) const override {
    return outages.world().fleet().has_file(site.wallet, file_);
  }
  void strike(Outages& outages, const FaultSite& site) const override {
    outages.world().fleet().damage_file(site.wallet, file_);
  }

 private:
  const mockrpc::WalletFile file_;
};

}  // namespace escrowstorm::sim
