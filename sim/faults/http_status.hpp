// An HTTP status is the answer, whether the call is executed or not.
#pragma once

#include <string>

#include "sim/faults/fault.hpp"

namespace escrowstorm::sim {

class HttpStatus final : public Fault {
 public:
  explicit HttpStatus(const FaultParameters& parameters)
      : when_(parameters.when), status_(parameters.status) {}

  CallStage stage() const override { return stage_of(when_); }
  mockrpc::Verdict verdict() const override { return with_status(status_); }
  void describe(Event& event) const override { event.message = std::to_string(status_); }

 private:
  const CrashWhen when_;
  const unsigned status_;
};

}  // namespace escrowstorm::sim
