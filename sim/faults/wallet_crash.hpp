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
  bool can_strike(const Outages& outages, std::optional<std::uint32_t> instance) const override {
    return outages.is_instance_up(*instance);
  }
  void strike(Outages& outages, std::optional<std::uint32_t> instance) const override {
    outages.kill_instance(*instance);
  }

  bool strikes_within_the_call() const override { return true; }

  std::optional<Duration> lasts() const override { return restart_after_; }
  void end(Outages& outages, std::optional<std::uint32_t> instance) const override {
    outages.start_instance(*instance);
  }

 private:
  const CrashWhen when_;
  const Duration restart_after_;
};

}  // namespace escrowstorm::sim
