// The coordinator dies when a commit is durable and before it hears of it, and starts again.
#pragma once

#include "sim/faults/fault.hpp"

namespace escrowstorm::sim {

class CrashAfterCommit final : public Fault {
 public:
  explicit CrashAfterCommit(const FaultParameters& parameters)
      : restart_after_(parameters.restart_after) {}

  CallStage stage() const override { return CallStage::after; }

  bool can_strike(const Outages& outages, const FaultSite&) const override {
    return outages.is_coordinator_up();
  }
  void strike(Outages& outages, const FaultSite&) const override { outages.crash_coordinator(); }

  std::optional<Duration> lasts() const override { return restart_after_; }
  void end(Outages& outages, const FaultSite&) const override { outages.start_coordinator(); }

 private:
  const Duration restart_after_;
};

}  // namespace escrowstorm::sim
