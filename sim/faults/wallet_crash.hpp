// An instance dies, its open wallet unsaved, and starts again.
#pragma once

#include "sim/faults/fault.hpp"

namespace escrowstorm::sim {

class WalletCrash final : public Fault {
 public:
  explicit WalletCrash(const FaultParameters& parameters)
      : when_(parameters.when), restart_after_(parameters.restart_after) {}

  CallStage stage() const override { return stage_of(when_); }
  mockrpc::Verdict verdict() const override { return dropped(LostBy::reset); }

  // REQUIRES, as strike() and end(): there is an instance.
  bool can_strike(const Outages& outages, const FaultSite& site) const override {
    return outages.is_instance_up(*site.instance);
  }
  void strike(Outages& outages, const FaultSite& site) const override {
    outages.kill_instance(*site.instance);
  }

  bool strikes_within_the_call() const override { return true; }

  std::optional<Duration> lasts() const override { return restart_after_; }
  void end(Outages& outages, const FaultSite& site) const override {
    outages.start_instance(*site.instance);
  }

 private:
  const CrashWhen when_;
  const Duration restart_after_;
};

}  // namespace escrowstorm::sim
