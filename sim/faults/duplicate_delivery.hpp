// The call reaches the wallet twice, as from a proxy that tries again.
#pragma once

#include "sim/faults/fault.hpp"

namespace escrowstorm::sim {

class DuplicateDelivery final : public Fault {
 public:
  explicit DuplicateDelivery(const FaultParameters&) {}

  CallStage stage() const override { return CallStage::before; }
  mockrpc::Verdict verdict() const override {
    mockrpc::Verdict verdict;
    verdict.kind = mockrpc::Verdict::Kind::repeat;
    return verdict;
  }
};

}  // namespace escrowstorm::sim
