// The connection ends in the middle of the answer.
#pragma once

#include "sim/faults/fault.hpp"

namespace escrowstorm::sim {

class TruncatedBody final : public Fault {
 public:
  explicit TruncatedBody(const FaultParameters&) {}

  CallStage stage() const override { return CallStage::after; }
  mockrpc::Verdict verdict() const override { return spoilt(mockrpc::Damage::Kind::half_body); }
};

}  // namespace escrowstorm::sim
