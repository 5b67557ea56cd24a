// Independent of each other: the gaps between them are exponentially distributed, the rate being
// their mean. The first comes after a gap.
//
// Von Neumann's way to draw an exponential, which needs comparisons only ("Various techniques used
// in connection with random digits", 1951): a run of falling uniforms, of odd length, gives its
// first as the fraction; each run of even length before it adds one.
#pragma once

#include <cstdint>

#include "base/random.hpp"
#include "sim/storm/arrival_spec.hpp"
#include "sim/storm/arrivals/arrivals.hpp"

namespace escrowstorm::sim {

class PoissonArrivals final : public Arrivals {
 public:
  PoissonArrivals(const ArrivalSpec& spec, RandomStream random)
      : mean_(spec.rate.per / spec.rate.count), random_(random) {}

  Duration next() override { return last_ += gap(); }

 private:
  __extension__ using Wide = unsigned __int128;

  Duration gap() {
    for (std::int64_t whole = 0;; ++whole) {
      const std::uint64_t first = random_.next();
      if (falls_odd_times(first)) return mean_ * whole + fraction_of_mean(first);
    }
  }

  // Of a run that begins with `first`: whether its length is odd.
  bool falls_odd_times(std::uint64_t first) {
    bool odd = true;
    std::uint64_t before = first;
    for (std::uint64_t next = random_.next(); next < before; next = random_.next()) {
      before = next;
      odd = !odd;
    }
    return odd;
  }

  Duration fraction_of_mean(std::uint64_t uniform) const {
    const Wide product = Wide{uniform} * static_cast<std::uint64_t>(mean_.count());
    return Duration(static_cast<std::int64_t>(product >> 64));
  }

  const Duration mean_;
  RandomStream random_;
  Duration last_{};
};

}  // namespace escrowstorm::sim
