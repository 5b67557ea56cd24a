// The answer says that it is half as long as it is.
#pragma once

#include "sim/faults/fault.hpp"

namespace escrowstorm::sim {

class WrongContentLength final : public Fault {
 public:
  explicit WrongContentLength(const FaultParameters&) {}

  CallStage stage() const override { return CallStage::after; }
  mockrpc::Verdict verdict() const override { return spoilt(mockrpc::Damage::Kind::half_length); }
};

}  // namespace escrowstorm::sim
