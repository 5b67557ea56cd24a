// The answer leaves later, the instance is busy until then.
#pragma once

#include "sim/faults/delay_spread.hpp"
#include "sim/faults/fault.hpp"

namespace escrowstorm::sim {

class SlowReply final : public Fault {
 public:
  explicit SlowReply(const FaultParameters& parameters)
      : spread_(parameters.spread, parameters.delay, parameters.up_to) {}

  CallStage stage() const override { return CallStage::after; }

  mockrpc::Verdict draw_verdict(RandomStream& random) const override {
    mockrpc::Verdict verdict;
    verdict.kind = mockrpc::Verdict::Kind::delay;
    verdict.delay = spread_.draw(random);
    return verdict;
  }

 private:
  const DelaySpread spread_;
};

}  // namespace escrowstorm::sim
