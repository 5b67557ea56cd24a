// Delays drawn from a spread, in whole numbers: the same draws give the same nanoseconds
// everywhere.
#pragma once

#include "base/random.hpp"
#include "base/time.hpp"
#include "sim/scenario/fault_spec.hpp"

namespace escrowstorm::sim {

// So many times as long as half of them at most is what 99 of a hundred are below.
inline constexpr int lognormal_ratio_max = 1'000;

class DelaySpread {
 public:
  // REQUIRES: as the reader checks them.
  DelaySpread(Spread spread, Duration delay, Duration up_to);

  // A fixed one draws nothing.
  Duration draw(RandomStream& random) const;

 private:
  Duration lognormal(RandomStream& random) const;

  Spread spread_;
  Duration delay_;
  Duration up_to_;
};

}  // namespace escrowstorm::sim
