// The answer arrives in drops, and the instance is free meanwhile.
#pragma once

#include "sim/faults/fault.hpp"

namespace escrowstorm::sim {

class Dribble final : public Fault {
 public:
  explicit Dribble(const FaultParameters& parameters) : pace_{parameters.bytes, parameters.pause} {}

  CallStage stage() const override { return CallStage::after; }
  mockrpc::Verdict verdict() const override { return paced(pace_); }

 private:
  const http::Pace pace_;
};

}  // namespace escrowstorm::sim
