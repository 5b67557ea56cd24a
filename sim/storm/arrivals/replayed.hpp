// At the times that a file says: what was once recorded comes again.
#pragma once

#include <cassert>
#include <cstddef>

#include "base/random.hpp"
#include "sim/storm/arrival_spec.hpp"
#include "sim/storm/arrivals/arrivals.hpp"

namespace escrowstorm::sim {

class ReplayedArrivals final : public Arrivals {
 public:
  ReplayedArrivals(const ArrivalSpec& spec, RandomStream) : times_(spec.times) {}

  Duration next() override {
    assert(arrived_ < times_.size());
    return times_[arrived_++];
  }

 private:
  const std::vector<Duration> times_;
  std::size_t arrived_ = 0;
};

}  // namespace escrowstorm::sim
