// Another program has the file of a wallet open.
#pragma once

#include "sim/faults/fault.hpp"

namespace escrowstorm::sim {

class FileLocked final : public WorldAction {
 public:
  explicit FileLocked(const FaultParameters& parameters) : lasts_(parameters.lasts) {}

  bool can_strike(const Outages& outages, const FaultSite& site) const override {
    return outages.world().fleet().can_lock_file(site.wallet);
  }
  void strike(Outages& outages, const FaultSite& site) const override {
    mockrpc::Fleet& fleet = outages.world().fleet();
    fleet.lock_file(site.wallet);
    outages.change(is_over, at(site),
                   [&fleet, wallet = site.wallet] { fleet.unlock_file(wallet); });
  }

  std::optional<Duration> lasts() const override { return lasts_; }
  void end(Outages& outages, const FaultSite& site) const override {
    outages.put_right(is_over, at(site), lasts_);
  }

 private:
  static constexpr std::string_view is_over = "file_unlocked";
  static FaultSite at(const FaultSite& site) { return {std::nullopt, site.wallet}; }

  const Duration lasts_;
};

}  // namespace escrowstorm::sim
