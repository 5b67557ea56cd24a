// Samples as the text of a latency profile file: the form of docs/mock.md, read back by
// mockrpc/latency. Pure functions.
#pragma once

#include <string>
#include <string_view>

#include "sim/calibrate/latency_samples.hpp"

namespace escrowstorm::sim {

// The shipped profile that has what was not measured here, and all shares of computing.
inline constexpr std::string_view calibration_base = "measured";

// REQUIRES: samples of a method, and none is longer than an hour.
std::string profile_text(const LatencySamples& samples, const std::string& label);

}  // namespace escrowstorm::sim
