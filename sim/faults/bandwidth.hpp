// The answer arrives over a narrow line, and the instance is free meanwhile.
#pragma once

#include "sim/faults/fault.hpp"

namespace escrowstorm::sim {

class Bandwidth final : public Fault {
 public:
  explicit Bandwidth(const FaultParameters& parameters)
      : pace_(pace_of(parameters.bytes_per_second)) {}

  CallStage stage() const override { return CallStage::after; }
  mockrpc::Verdict verdict() const override { return paced(pace_); }

 private:
  // A hundred times a second.
  static http::Pace pace_of(std::uint64_t bytes_per_second) {
    constexpr std::uint64_t times = 100;
    return {bytes_per_second / times, Duration(std::chrono::seconds(1)) / times};
  }

  const http::Pace pace_;
};

}  // namespace escrowstorm::sim
