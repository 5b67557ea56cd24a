#include "sim/compare/difference.hpp"

#include <algorithm>
#include <boost/math/distributions/students_t.hpp>
#include <cmath>
#include <numeric>

#include "sim/metrics/doubles_only.hpp"

namespace escrowstorm::sim {
namespace {

using StudentsT = boost::math::students_t_distribution<double, DoublesOnly>;

double squared(double value) { return value * value; }

// Welch's; `error` is that of the difference.
double degrees_of_freedom(const Estimate& a, const Estimate& b, double error) {
  const auto part = [error](const Estimate& side) {
    const double share = squared(side.standard_error / error);
    return squared(share) / (static_cast<double>(side.units) - 1);
  };
  return 1 / (part(a) + part(b));
}

}  // namespace

MetricDifference difference_of(const Estimate& a, const Estimate& b) {
  MetricDifference difference;
  difference.absolute = difference.low = difference.high = b.value - a.value;
  const double error = std::hypot(a.standard_error, b.standard_error);
  // Rounding in a sum of equal numbers is no scatter.
  if (error <= 1e-12 * std::max(std::abs(a.value), std::abs(b.value))) {
    difference.chance = difference.absolute == 0 ? 1 : 0;
    return difference;
  }
  const StudentsT student(degrees_of_freedom(a, b, error));
  const double reach = error * quantile(complement(student, (1 - confidence) / 2));
  difference.low -= reach;
  difference.high += reach;
  difference.chance = 2 * cdf(complement(student, std::abs(difference.absolute) / error));
  return difference;
}

std::vector<bool> more_than_noise(const std::vector<double>& chances) {
  std::vector<std::size_t> order(chances.size());
  std::iota(order.begin(), order.end(), std::size_t{0});
  std::stable_sort(order.begin(), order.end(),
                   [&](std::size_t x, std::size_t y) { return chances[x] < chances[y]; });
  std::vector<bool> is_more(chances.size());
  for (std::size_t i = 0; i < order.size(); ++i) {
    const auto left = static_cast<double>(order.size() - i);
    if (chances[order[i]] * left > 1 - confidence) break;
    is_more[order[i]] = true;
  }
  return is_more;
}

}  // namespace escrowstorm::sim
