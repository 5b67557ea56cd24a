// Transport to a fleet in this process: calls pass as typed values; or, wire-faithful, as the bytes
// that HTTP would carry, written and read on both sides.
#pragma once

#include "base/clock.hpp"
#include "base/transport.hpp"
#include "mockrpc/fleet/fleet.hpp"

namespace escrowstorm::sim {

enum class Carried : unsigned char { as_values, as_bytes };

class InProcessTransport final : public Transport {
 public:
  // References outlive it.
  InProcessTransport(mockrpc::Fleet& fleet, Clock& clock, Carried carried)
      : fleet_(fleet), clock_(clock), carried_(carried) {}

  InstanceId instances() const override { return fleet_.instances(); }
  Awaitable<CallResult<walletrpc::Answer>> call(InstanceId instance, walletrpc::Request request,
                                                std::optional<CallFor> whom,
                                                TimePoint deadline) override;

 private:
  mockrpc::Fleet& fleet_;
  Clock& clock_;
  const Carried carried_;
};

}  // namespace escrowstorm::sim
