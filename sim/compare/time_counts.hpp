// Durations and how often each was met, to eight binary digits (0.4 %). Sparse, since a run has
// some of them for each method in each group of its escrows: a Histogram has room for all sizes.
#pragma once

#include <cstdint>
#include <map>

#include "base/time.hpp"

namespace escrowstorm::sim {

class TimeCounts {
 public:
  // A negative duration counts as zero.
  void record(Duration time);
  void merge(const TimeCounts& other);

  std::uint64_t count() const { return count_; }
  const std::map<Duration, std::uint64_t>& counts() const { return counts_; }

 private:
  std::map<Duration, std::uint64_t> counts_;
  std::uint64_t count_ = 0;
};

}  // namespace escrowstorm::sim
