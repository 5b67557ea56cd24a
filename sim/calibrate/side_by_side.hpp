// What the methods of a profile take on a fleet and on the mock that has the profile. Plain data.
#pragma once

#include <cstddef>
#include <cstdint>
#include <string>
#include <vector>

#include "mockrpc/latency/profile.hpp"
#include "sim/calibrate/latency_samples.hpp"

namespace escrowstorm::sim {

struct MethodSideBySide {
  std::string method;
  std::size_t samples = 0;  // of the fleet
  LatencyPercentiles fleet;
  LatencyPercentiles mock;
};

struct SideBySide {
  std::vector<MethodSideBySide> methods;  // all that were measured
  std::vector<std::string> taken_over;    // the profile's other ones: it has them from its base
};

// REQUIRES: the mock has samples of all methods that the fleet has.
SideBySide side_by_side(const LatencySamples& fleet, const LatencySamples& mock,
                        const mockrpc::LatencyProfile& profile);

// How many times as long: mock / fleet. 1 where both take no time.
double ratio_of(Duration mock, Duration fleet);

}  // namespace escrowstorm::sim
