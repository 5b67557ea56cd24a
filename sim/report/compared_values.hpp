// How a compared metric is written, in every form for people. Pure functions.
#pragma once

#include <string>
#include <vector>

#include "sim/compare/comparison.hpp"

namespace escrowstorm::sim {

// The cells of a metric's row: its name, A, B, the difference, in per cent, its interval, and what
// to make of it.
std::vector<std::string> compared_cells(const ComparedMetric& metric);

// "95 % intervals, from 2000 resamples of the runs".
std::string intervals_text(const Comparison& comparison);

// "B is worse than allowed: setup_ms.p50 +12 % (5 % allowed)" or that it is not.
std::string compare_verdict_text(const Comparison& comparison);

// What else there is than the rows shown: how many are equal, within noise or not known, and of
// the last which; a line each.
std::vector<std::string> rest_lines(const Comparison& comparison);

}  // namespace escrowstorm::sim
