// The call is executed, and the connection ends without a byte of an answer.
#pragma once

#include "sim/faults/fault.hpp"

namespace escrowstorm::sim {

class EmptyReply final : public Fault {
 public:
  explicit EmptyReply(const FaultParameters&) {}

  CallStage stage() const override { return CallStage::after; }
  mockrpc::Verdict verdict() const override { return dropped(mockrpc::NoReply::broken); }
};

}  // namespace escrowstorm::sim
