// A comparison for a pull request. Pure function.
#pragma once

#include <string>

#include "sim/compare/comparison.hpp"

namespace escrowstorm::sim {

// `all`: every metric; otherwise those that differ by more than noise, and lines on the rest.
std::string compare_markdown(const Comparison& comparison, bool all);

}  // namespace escrowstorm::sim
