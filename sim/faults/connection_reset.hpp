// The connection is reset: before the call is executed, while it is, or when it has been.
#pragma once

#include "sim/faults/fault.hpp"

namespace escrowstorm::sim {

class ConnectionReset final : public Fault {
 public:
  explicit ConnectionReset(const FaultParameters& parameters) : when_(parameters.when) {}

  CallStage stage() const override { return stage_of(when_); }
  mockrpc::Verdict verdict() const override {
    mockrpc::Verdict verdict = dropped(mockrpc::NoReply::reset);
    if (when_ == CrashWhen::during) verdict.kind = mockrpc::Verdict::Kind::cut;
    return verdict;
  }
  void describe(Event& event) const override { event.message = name_of(when_); }

 private:
  const CrashWhen when_;
};

}  // namespace escrowstorm::sim
