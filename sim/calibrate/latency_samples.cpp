#include "sim/calibrate/latency_samples.hpp"

#include <algorithm>
#include <boost/assert.hpp>

namespace escrowstorm::sim {

LatencyPercentiles percentiles_of(std::vector<Duration> samples) {
  BOOST_ASSERT(!samples.empty());
  std::sort(samples.begin(), samples.end());
  const auto at = [&](std::size_t percent) {
    const std::size_t rank = (samples.size() * percent + 99) / 100;
    return samples[std::max<std::size_t>(rank, 1) - 1];
  };
  return {samples.front(), at(50), at(90), at(99), samples.back()};
}

}  // namespace escrowstorm::sim
