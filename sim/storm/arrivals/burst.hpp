// So many at once, and as many again every so often.
#pragma once

#include <cstdint>

#include "base/random.hpp"
#include "sim/storm/arrival_spec.hpp"
#include "sim/storm/arrivals/arrivals.hpp"

namespace escrowstorm::sim {

class BurstArrivals final : public Arrivals {
 public:
  BurstArrivals(const ArrivalSpec& spec, RandomStream) : size_(spec.size), every_(spec.every) {}

  Duration next() override { return every_ * (arrived_++ / size_); }

 private:
  const std::int64_t size_;
  const Duration every_;
  std::int64_t arrived_ = 0;
};

}  // namespace escrowstorm::sim
