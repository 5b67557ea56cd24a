// As evenly as nanoseconds allow, the first at once; nothing adds up to a drift.
#pragma once

#include <cstdint>

#include "base/random.hpp"
#include "sim/storm/arrival_spec.hpp"
#include "sim/storm/arrivals/arrivals.hpp"

namespace escrowstorm::sim {

class ConstantArrivals final : public Arrivals {
 public:
  ConstantArrivals(const ArrivalSpec& spec, RandomStream) : rate_(spec.rate) {}

  Duration next() override { return rate_.per * arrived_++ / rate_.count; }

 private:
  const Rate rate_;
  std::int64_t arrived_ = 0;
};

}  // namespace escrowstorm::sim
