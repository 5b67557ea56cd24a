// A commit fails, nothing is written.
#pragma once

#include "sim/faults/fault.hpp"

namespace escrowstorm::sim {

class DatabaseError final : public Fault {
 public:
  explicit DatabaseError(const FaultParameters& parameters) : message_(parameters.message) {}

  CallStage stage() const override { return CallStage::before; }
  std::optional<std::string> commit_error() const override { return message_; }
  void describe(Event& event) const override { event.message = message_; }

 private:
  const std::string message_;
};

}  // namespace escrowstorm::sim
