// The coordinator dies and starts again on what it committed.
#pragma once

#include "sim/faults/fault.hpp"

namespace escrowstorm::sim {

class CoordinatorCrash : public Fault {
 public:
  explicit CoordinatorCrash(const FaultParameters& parameters)
      : when_(parameters.when), restart_after_(parameters.restart_after) {}

  CallStage stage() const override { return stage_of(when_); }

  // Silent: nobody is there to see the connection break.
  mockrpc::Verdict verdict() const override { return dropped(LostBy::silence); }

  bool can_strike(const Outages& outages, const FaultSite&) const override {
    return outages.is_coordinator_up();
  }
  void strike(Outages& outages, const FaultSite&) const override { outages.crash_coordinator(); }

  std::optional<Duration> lasts() const override { return restart_after_; }
  void end(Outages& outages, const FaultSite&) const override { outages.start_coordinator(); }

 private:
  const CrashWhen when_;
  const Duration restart_after_;
};

}  // namespace escrowstorm::sim
