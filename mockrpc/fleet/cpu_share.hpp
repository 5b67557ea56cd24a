// The cores of the machine that the fleet runs on, shared by processor sharing: k calls computing
// on c cores each run at min(1, c / k) of their speed alone. Lives on one executor.
//
// All calls run at one speed, so one number, the service that a call present from the beginning
// would have had, tells who is done: a call that arrives at service S with work W is done at S + W.
// An arrival or an end costs O(log k).
//
// Rounding: service is counted in 2^-32 ns. Between two events what was served is rounded down by
// less than one such unit, and an end is told at the next whole nanosecond; the calls that go on
// are faster from its exact moment. So a call never ends before its work alone would, nor more than
// 1 ns and 2^-32 ns for each event after its exact end: nothing drifts. Whenever the clock reaches
// an end that was told, that call is done: nothing starves.
#pragma once

#include <cstddef>
#include <cstdint>
#include <memory>

#include "base/clock.hpp"

namespace escrowstorm::mockrpc {

class CpuShare {
 public:
  // `clock` outlives it. REQUIRES: cores > 0.
  CpuShare(Clock& clock, Executor executor, std::uint32_t cores);
  // Drops the calls that are computing.
  ~CpuShare();
  CpuShare(const CpuShare&) = delete;
  CpuShare& operator=(const CpuShare&) = delete;

  // Returns when `work` is done. Calls that are done at the same instant return in the order of
  // their ends, then of their arrival. No work returns at once.
  Awaitable<void> compute(Duration work);

  // How many calls are computing now.
  std::size_t computing() const;

 private:
  struct State;
  std::shared_ptr<State> state_;  // shared with the coroutine that waits for the next end
};

}  // namespace escrowstorm::mockrpc
