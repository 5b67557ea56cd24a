// An instance hangs, as by SIGSTOP: it takes connections and calls and answers none, its wallet's
// file stays locked. Then it goes on where it was.
#pragma once

#include "sim/faults/fault.hpp"

namespace escrowstorm::sim {

class Hang final : public Fault {
 public:
  explicit Hang(const FaultParameters& parameters) : resume_after_(parameters.resume_after) {}

  CallStage stage() const override { return CallStage::after; }

  // REQUIRES, as strike() and end(): there is an instance.
  bool can_strike(const Outages& outages, const FaultSite& site) const override {
    return outages.is_instance_up(*site.instance) && !outages.is_hanging(*site.instance);
  }
  void strike(Outages& outages, const FaultSite& site) const override {
    outages.hang_instance(*site.instance);
  }
  bool strikes_within_the_call() const override { return true; }

  std::optional<Duration> lasts() const override { return resume_after_; }
  void end(Outages& outages, const FaultSite& site) const override {
    outages.resume_instance(*site.instance);
  }

 private:
  const Duration resume_after_;
};

}  // namespace escrowstorm::sim
