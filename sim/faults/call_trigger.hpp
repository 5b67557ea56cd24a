// Which calls, or commits, a fault takes: those that match, of these the n-th, each n-th or the
// first, so many of a hundred, no more than so many. Plain; counts and draws with each that it is
// shown.
#pragma once

#include <cstdint>

#include "base/random.hpp"
#include "mockrpc/fleet/call_faults.hpp"
#include "sim/scenario/fault_spec.hpp"

namespace escrowstorm::sim {

class CallTrigger {
 public:
  CallTrigger(FaultTrigger trigger, RandomStream random)
      : trigger_(std::move(trigger)), random_(random) {}

  // `phase`: of the call's escrow, when that is known.
  bool takes(const mockrpc::CallAtSeat& call, std::optional<coordinator::Phase> phase);
  bool takes_commit(TimePoint at, EscrowId escrow);

 private:
  bool is_time(TimePoint at) const;
  bool takes_this();
  bool matches(const mockrpc::CallAtSeat& call, std::optional<coordinator::Phase> phase) const;

  const FaultTrigger trigger_;
  RandomStream random_;
  std::uint64_t matched_ = 0;
  std::uint64_t taken_ = 0;
};

}  // namespace escrowstorm::sim
