// The founding notes' theory: an instance goes on answering for the wallet that was closed there.
// No real one does so, but whoever waits for it to be over is to be judged by it.
#pragma once

#include "sim/faults/fault.hpp"

namespace escrowstorm::sim {

class CachePollution final : public WorldAction {
 public:
  explicit CachePollution(const FaultParameters& parameters) : lasts_(parameters.lasts) {}

  // The wallet is about to be closed. REQUIRES, as strike(): there is an instance.
  bool can_strike(const Outages& outages, const FaultSite& site) const override {
    return outages.is_instance_up(*site.instance) &&
           outages.world().fleet().can_pollute(*site.instance);
  }
  void strike(Outages& outages, const FaultSite& site) const override {
    mockrpc::Fleet& fleet = outages.world().fleet();
    const std::uint32_t instance = *site.instance;
    fleet.pollute(instance);
    outages.change(is_over, at(site), [&fleet, instance] { fleet.cure(instance); });
  }

  std::optional<Duration> lasts() const override { return lasts_; }
  void end(Outages& outages, const FaultSite& site) const override {
    outages.put_right(is_over, at(site), lasts_);
  }

 private:
  static constexpr std::string_view is_over = "cache_cured";
  static FaultSite at(const FaultSite& site) { return {site.instance, {}}; }

  const Duration lasts_;
};

}  // namespace escrowstorm::sim
