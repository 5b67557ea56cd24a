// An instance dies and is started again at once: its port takes calls, but it answers none until it
// has started.
#pragma once

#include "sim/faults/fault.hpp"

namespace escrowstorm::sim {

class SlowStart final : public WorldAction {
 public:
  explicit SlowStart(const FaultParameters& parameters) : lasts_(parameters.lasts) {}

  mockrpc::Verdict verdict() const override { return dropped(LostBy::reset); }

  // REQUIRES, as strike() and end(): there is an instance.
  bool can_strike(const Outages& outages, const FaultSite& site) const override {
    return outages.is_instance_up(*site.instance);
  }
  void strike(Outages& outages, const FaultSite& site) const override {
    outages.kill_instance(*site.instance);
    outages.start_instance(*site.instance);
    outages.hang_instance(*site.instance);
  }

  std::optional<Duration> lasts() const override { return lasts_; }
  void end(Outages& outages, const FaultSite& site) const override {
    outages.resume_instance(*site.instance);
  }

 private:
  const Duration lasts_;
};

}  // namespace escrowstorm::sim
