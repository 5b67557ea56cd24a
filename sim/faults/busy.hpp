// HTTP status 503 is the answer, nothing is executed.
#pragma once

#include "sim/faults/fault.hpp"

namespace escrowstorm::sim {

class Busy final : public Fault {
 public:
  explicit Busy(const FaultParameters&) {}

  CallStage stage() const override { return CallStage::before; }
  mockrpc::Verdict verdict() const override { return with_status(503); }
};

}  // namespace escrowstorm::sim
