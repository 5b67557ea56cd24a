// Durations counted in log-linear buckets: each power of two is cut into 128 of equal width, so
// that a percentile is within 0.4 % of the exact one at any size, memory is bounded, and two
// histograms merge without loss. Count, least and greatest are exact.
#pragma once

#include <cstdint>
#include <vector>

#include "base/time.hpp"

namespace escrowstorm::sim {

class Histogram {
 public:
  // A negative duration counts as zero.
  void record(Duration value);
  void merge(const Histogram& other);

  std::uint64_t count() const { return count_; }

  // REQUIRES for all of these: count() > 0.
  Duration min() const;
  Duration max() const;
  // The nearest-rank percentile: the least value that `percent` of all are not above.
  // REQUIRES: percent <= 100.
  Duration percentile(unsigned percent) const;
  // The same of `all` values, of which those that are not here are the least: what it is no less
  // than when they come. REQUIRES: all >= count().
  Duration percentile_among(std::uint64_t all, unsigned percent) const;

 private:
  std::vector<std::uint64_t> buckets_;  // as long as the greatest value needs
  std::uint64_t count_ = 0;
  std::uint64_t min_ = 0;
  std::uint64_t max_ = 0;
};

}  // namespace escrowstorm::sim
