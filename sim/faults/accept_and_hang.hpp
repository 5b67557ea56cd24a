// The call is taken and lies there: it never comes to its turn, and nothing ever answers it.
#pragma once

#include "sim/faults/fault.hpp"

namespace escrowstorm::sim {

class AcceptAndHang final : public Fault {
 public:
  explicit AcceptAndHang(const FaultParameters&) {}

  CallStage stage() const override { return CallStage::arrival; }
  mockrpc::Verdict verdict() const override { return dropped(mockrpc::NoReply::silent); }
};

}  // namespace escrowstorm::sim
