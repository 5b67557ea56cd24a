// The rate grows or falls evenly from one to another, and stays there. The n-th is due when the
// rate's integral has reached n: found by bisection in whole microseconds, exact in integers.
#pragma once

#include <cstdint>

#include "base/random.hpp"
#include "sim/storm/arrival_spec.hpp"
#include "sim/storm/arrivals/arrivals.hpp"

namespace escrowstorm::sim {

class RampArrivals final : public Arrivals {
 public:
  RampArrivals(const ArrivalSpec& spec, RandomStream)
      : from_(per_hour(spec.from)), to_(per_hour(spec.to)), over_(in_us(spec.over)) {}

  Duration next() override {
    const std::int64_t hour = in_us(std::chrono::hours(1));
    const Wide wanted = Wide{arrived_++} * 2 * over_ * hour;
    std::int64_t before = last_ - 1;
    std::int64_t reached =
        over_ + hour * arrived_ / to_ + 1;  // had they all to come after the ramp
    while (reached - before > 1) {
      const std::int64_t middle = before + (reached - before) / 2;
      (arrived_by(middle) >= wanted ? reached : before) = middle;
    }
    last_ = reached;
    return std::chrono::microseconds(last_);
  }

 private:
  __extension__ using Wide = __int128;

  static std::int64_t in_us(Duration d) { return d / std::chrono::microseconds(1); }
  static std::int64_t per_hour(Rate rate) {
    return rate.count * (std::chrono::hours(1) / rate.per);
  }

  // How many until `us`, times two, the ramp's length and an hour.
  Wide arrived_by(std::int64_t us) const {
    if (us >= over_)
      return Wide{from_ + to_} * over_ * over_ + Wide{to_} * 2 * over_ * (us - over_);
    return Wide{from_} * 2 * over_ * us + Wide{to_ - from_} * us * us;
  }

  const std::int64_t from_;
  const std::int64_t to_;
  const std::int64_t over_;
  std::int64_t arrived_ = 0;
  std::int64_t last_ = 0;
};

}  // namespace escrowstorm::sim
