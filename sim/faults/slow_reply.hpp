// The answer leaves later, the instance is busy until then.
#pragma once

#include "sim/faults/fault.hpp"

namespace escrowstorm::sim {

class SlowReply final : public Fault {
 public:
  explicit SlowReply(const FaultParameters& parameters) : delay_(parameters.delay) {}

  CallStage stage() const override { return CallStage::after; }

  mockrpc::Verdict verdict() const override {
    mockrpc::Verdict verdict;
    verdict.kind = mockrpc::Verdict::Kind::delay;
    verdict.delay = delay_;
    return verdict;
  }

  void describe(Event& event) const override { event.duration = delay_; }

 private:
  const Duration delay_;
};

}  // namespace escrowstorm::sim
