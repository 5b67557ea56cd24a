// What calls took, by the method of a latency profile that they count for
// ("exchange_multisig_keys#1", "refresh#funded"). Plain data.
#pragma once

#include <map>
#include <string>
#include <vector>

#include "base/time.hpp"

namespace escrowstorm::sim {

// In the order in which they were taken.
using LatencySamples = std::map<std::string, std::vector<Duration>, std::less<>>;

struct LatencyPercentiles {
  Duration min{};
  Duration p50{};
  Duration p90{};
  Duration p99{};
  Duration max{};
};

// By nearest rank: each is a sample. REQUIRES: there is one.
LatencyPercentiles percentiles_of(std::vector<Duration> samples);

}  // namespace escrowstorm::sim
