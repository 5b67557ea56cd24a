// An error is the answer, nothing is executed.
#pragma once

#include <string>

#include "sim/faults/fault.hpp"

namespace escrowstorm::sim {

class RpcErrorFault final : public Fault {
 public:
  explicit RpcErrorFault(const FaultParameters& parameters)
      : code_(parameters.code), message_(parameters.message) {}

  CallStage stage() const override { return CallStage::before; }

  mockrpc::Verdict verdict() const override {
    mockrpc::Verdict verdict;
    verdict.kind = mockrpc::Verdict::Kind::error;
    verdict.error.code = code_;
    verdict.error.message = message_;
    return verdict;
  }

  void describe(Event& event) const override {
    event.code = code_;
    event.message = message_;
  }

 private:
  const int code_;
  const std::string message_;
};

}  // namespace escrowstorm::sim
