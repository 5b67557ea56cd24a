// The difference of two measured numbers and whether it is more than noise: Student's t on the
// bootstrap's standard errors, with Welch's degrees of freedom, since the two sides may scatter
// differently. docs/compare.md has how often its intervals hold.
#pragma once

#include <cstddef>
#include <vector>

namespace escrowstorm::sim {

inline constexpr double confidence = 0.95;

struct Estimate {
  double value = 0;
  double standard_error = 0;
  std::size_t units = 0;  // that it was resampled from
};

struct MetricDifference {
  double absolute = 0;  // B less A
  double low = 0;       // the true one lies between these in 95 of 100 cases
  double high = 0;
  double chance = 1;  // that noise alone makes one as large as this
};

// REQUIRES: at least two units on each side.
MetricDifference difference_of(const Estimate& a, const Estimate& b);

// Which of the differences that have these chances are more than noise. Of 100 that are looked at
// five lie outside their interval by noise alone; here, in 95 of 100 comparisons, none of all is
// called more than noise wrongly (Holm's step-down).
std::vector<bool> more_than_noise(const std::vector<double>& chances);

}  // namespace escrowstorm::sim
