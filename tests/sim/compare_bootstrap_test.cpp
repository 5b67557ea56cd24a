// The bootstrap's intervals hold about as often as they claim, and of many metrics that are looked
// at none is called more than noise by chance.
#include <gtest/gtest.h>

#include <algorithm>
#include <cmath>
#include <functional>
#include <string>
#include <vector>

#include "base/random.hpp"
#include "sim/compare/bootstrap.hpp"
#include "sim/compare/difference.hpp"
#include "sim/compare/estimates.hpp"

namespace escrowstorm::sim {
namespace {

double uniform(RandomStream& random) {
  return (static_cast<double>(random.next() >> 11) + 0.5) / 9007199254740992.0;
}

struct Shape {
  std::string name;
  std::function<double(RandomStream&)> draw;
};

// Even times, times with a long tail, rare errors.
std::vector<Shape> shapes() {
  return {{"even", uniform},
          {"tail", [](RandomStream& random) { return -std::log(uniform(random)); }},
          {"rare", [](RandomStream& random) { return random.chance(1, 3) ? 1.0 : 0.0; }}};
}

Estimate drawn_mean(const Shape& shape, std::size_t units, RandomStream& random) {
  std::vector<double> values(units);
  double sum = 0;
  for (double& value : values) sum += value = shape.draw(random);
  const Resamples resamples(RandomStream(random.next()), units, 100);
  const auto mean = [&](std::span<const std::uint32_t> drawn, std::span<double> out) {
    out[0] = 0;
    for (std::size_t i = 0; i < units; ++i) out[0] += drawn[i] * values[i];
    out[0] /= static_cast<double>(units);
    return true;
  };
  return {sum / static_cast<double>(units), standard_errors(resamples, 1, mean)[0], units};
}

// Of how many pairs of sets that came the same way the interval has no difference in it.
double coverage_of(const Shape& shape, std::size_t of_a, std::size_t of_b) {
  constexpr int pairs = 2000;
  RandomStream random = Random(of_a * 100 + of_b).stream(shape.name);
  int holds = 0;
  for (int i = 0; i < pairs; ++i) {
    const Estimate a = drawn_mean(shape, of_a, random);
    const Estimate b = drawn_mean(shape, of_b, random);
    const MetricDifference difference = difference_of(a, b);
    holds += difference.low <= 0 && difference.high >= 0 ? 1 : 0;
  }
  return holds / double{pairs};
}

TEST(CompareIntervals, HoldAsOftenAsTheyClaim) {
  constexpr double chance = 0.017;  // three and a half times what 2,000 pairs scatter by
  for (const Shape& shape : shapes()) {
    EXPECT_GE(coverage_of(shape, runs_min, runs_min), confidence - chance) << shape.name;
    EXPECT_GE(coverage_of(shape, 20, 20), confidence - chance) << shape.name;
  }
}

TEST(CompareIntervals, AreNotWiderThanNeeded) {
  for (const Shape& shape : shapes())
    EXPECT_LE(coverage_of(shape, 20, 20), confidence + 0.02) << shape.name;
}

TEST(CompareIntervals, OfAMeanAreWhatTheFormulaSays) {
  const std::vector<double> values{3, 1, 4, 1, 5, 9, 2, 6};
  const Resamples resamples(Random(1).stream("formula"), values.size(), 4000);
  const auto mean = [&](std::span<const std::uint32_t> drawn, std::span<double> out) {
    out[0] = 0;
    for (std::size_t i = 0; i < values.size(); ++i) out[0] += drawn[i] * values[i] / 8.0;
    return true;
  };
  double squares = 0;
  for (const double value : values) squares += (value - 3.875) * (value - 3.875);
  const double formula = std::sqrt(squares / 7 / 8);
  EXPECT_NEAR(standard_errors(resamples, 1, mean)[0], formula, 0.04 * formula);
}

TEST(CompareIntervals, AreTheSameEachTime) {
  RandomStream first(7);
  RandomStream second(7);
  EXPECT_EQ(drawn_mean(shapes()[1], 10, first).standard_error,
            drawn_mean(shapes()[1], 10, second).standard_error);
}

TEST(CompareIntervals, OfConstantsAreTheDifferenceItself) {
  const MetricDifference none = difference_of({4, 0, 5}, {4, 0, 5});
  EXPECT_EQ(none.chance, 1);
  EXPECT_EQ(none.low, 0);
  const MetricDifference some = difference_of({4, 0, 5}, {3, 0, 5});
  EXPECT_EQ(some.chance, 0);
  EXPECT_EQ(some.low, -1);
  EXPECT_EQ(some.high, -1);
}

TEST(CompareIntervals, OneSideThatDoesNotScatterLeavesTheOthersFreedom) {
  const MetricDifference difference = difference_of({0, 0, 50}, {1, 1, 5});
  EXPECT_NEAR(difference.high, 1 + 2.776, 0.001);  // Student's t of four degrees
}

// A hundred metrics without a difference, many times over: one interval in twenty says otherwise,
// and yet a comparison that calls any of them more than noise is rare.
TEST(MoreThanNoise, IsSaidOfNoneWhereThereIsNone) {
  constexpr int comparisons = 1000;
  RandomStream random = Random(1).stream("holm");
  int outside = 0;
  int wrong = 0;
  for (int i = 0; i < comparisons; ++i) {
    std::vector<double> chances(100);
    for (double& chance : chances) outside += (chance = uniform(random)) < 0.05 ? 1 : 0;
    const std::vector<bool> is_more = more_than_noise(chances);
    wrong += std::find(is_more.begin(), is_more.end(), true) != is_more.end() ? 1 : 0;
  }
  EXPECT_NEAR(outside / (100.0 * comparisons), 0.05, 0.005);
  EXPECT_LE(wrong / double{comparisons}, 0.05 + 0.024);
  EXPECT_GE(wrong / double{comparisons}, 0.05 - 0.024);
}

TEST(MoreThanNoise, IsWhatIsFarFromIt) {
  std::vector<double> chances(100, 0.5);
  chances[7] = 0.0001;
  chances[8] = 0.01;  // one in a hundred, of a hundred
  const std::vector<bool> is_more = more_than_noise(chances);
  EXPECT_TRUE(is_more[7]);
  EXPECT_FALSE(is_more[8]);
  EXPECT_FALSE(is_more[0]);
}

}  // namespace
}  // namespace escrowstorm::sim
