// The call is never executed.
#pragma once

#include "sim/faults/fault.hpp"

namespace escrowstorm::sim {

class DroppedCall final : public Fault {
 public:
  explicit DroppedCall(const FaultParameters& parameters) : then_(parameters.then) {}

  CallStage stage() const override { return CallStage::before; }
  mockrpc::Verdict verdict() const override { return dropped(then_); }
  void describe(Event& event) const override { event.message = name_of(then_); }

 private:
  const LostBy then_;
};

}  // namespace escrowstorm::sim
