// The call is executed, its answer is lost.
#pragma once

#include "sim/faults/fault.hpp"

namespace escrowstorm::sim {

class LostReply final : public Fault {
 public:
  explicit LostReply(const FaultParameters& parameters) : then_(parameters.then) {}

  CallStage stage() const override { return CallStage::after; }
  mockrpc::Verdict verdict() const override { return dropped(then_); }
  void describe(Event& event) const override { event.message = name_of(then_); }

 private:
  const LostBy then_;
};

}  // namespace escrowstorm::sim
