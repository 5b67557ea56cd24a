// The answer is half of its JSON, and HTTP finds nothing wrong with it.
#pragma once

#include "sim/faults/fault.hpp"

namespace escrowstorm::sim {

class MalformedJson final : public Fault {
 public:
  explicit MalformedJson(const FaultParameters&) {}

  CallStage stage() const override { return CallStage::after; }
  mockrpc::Verdict verdict() const override { return spoilt(mockrpc::Damage::Kind::half_json); }
};

}  // namespace escrowstorm::sim
