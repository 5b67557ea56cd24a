// How long one method takes: an inverse distribution function through measured percentiles, exact
// in integers, so that the same draws give the same nanoseconds everywhere.
#pragma once

#include <cstdint>
#include <vector>

#include "base/random.hpp"
#include "base/time.hpp"

namespace escrowstorm::mockrpc {

// What one call takes on an idle machine.
struct CallCost {
  Duration computing{};  // shares the fleet's cores
  Duration waiting{};    // for disk, daemon or sleep: shares nothing

  Duration total() const { return computing + waiting; }
};

// What a measurement says of one method. REQUIRES: 0 <= min <= p50 <= p90 <= p99 <= max <= longest.
struct LatencyFigures {
  static constexpr Duration longest = std::chrono::hours(1);

  Duration min{};
  Duration p50{};
  Duration p90{};
  Duration p99{};
  Duration max{};
  std::vector<Duration> samples;  // in any order, may be rounded, may be none
  std::uint32_t computing_permille = 1000;
};

// The percentiles of the figures are met exactly; between two of them the function has the shape of
// the samples there, stretched to fit, or is straight where there are none.
//
// Around p50, p90 and p99 the function is level for three standard deviations of what 10,000 draws
// find there. Where a measured distribution jumps (one method's median lies on the jump between two
// modes), draws could otherwise find either side.
class LatencyDistribution {
 public:
  explicit LatencyDistribution(LatencyFigures figures);

  CallCost draw(RandomStream& random) const;

  // REQUIRES: ppm <= 1,000,000.
  Duration quantile(std::uint32_t ppm) const;

  std::uint32_t computing_permille() const { return computing_permille_; }

 private:
  struct Knot {
    std::uint32_t ppm;  // parts per million of all draws that are below
    Duration value;
  };
  struct Anchor;

  void append_shape(const std::vector<Duration>& sorted, const Anchor& from, const Anchor& to);

  std::vector<Knot> knots_;  // ascending in both
  std::uint32_t computing_permille_;
};

}  // namespace escrowstorm::mockrpc
