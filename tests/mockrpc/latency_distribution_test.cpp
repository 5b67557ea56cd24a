#include <gtest/gtest.h>

#include <algorithm>

#include "mockrpc/latency/distribution.hpp"

namespace escrowstorm::mockrpc {
namespace {

using std::chrono::milliseconds;
using std::chrono::nanoseconds;

LatencyFigures figures(int min, int p50, int p90, int p99, int max, std::vector<int> samples) {
  LatencyFigures f;
  f.min = milliseconds(min);
  f.p50 = milliseconds(p50);
  f.p90 = milliseconds(p90);
  f.p99 = milliseconds(p99);
  f.max = milliseconds(max);
  for (const int s : samples) f.samples.push_back(milliseconds(s));
  return f;
}

TEST(LatencyDistribution, MeetsThePercentilesExactly) {
  const LatencyDistribution d(figures(10, 50, 90, 99, 100, {}));
  EXPECT_EQ(d.quantile(0), milliseconds(10));
  EXPECT_EQ(d.quantile(500'000), milliseconds(50));
  EXPECT_EQ(d.quantile(900'000), milliseconds(90));
  EXPECT_EQ(d.quantile(990'000), milliseconds(99));
  EXPECT_EQ(d.quantile(1'000'000), milliseconds(100));
}

TEST(LatencyDistribution, IsStraightBetweenPercentilesWithoutSamples) {
  const LatencyDistribution d(figures(0, 485, 900, 990, 1000, {}));
  EXPECT_EQ(d.quantile(100'000), milliseconds(100));
  EXPECT_EQ(d.quantile(242'500), nanoseconds(242'500'000));
}

TEST(LatencyDistribution, NeverFalls) {
  const LatencyDistribution d(
      figures(3, 57, 302, 990, 1000, {3, 3, 4, 30, 56, 57, 58, 299, 300, 302, 700, 1000}));
  Duration last{};
  for (std::uint32_t ppm = 0; ppm <= 1'000'000; ppm += 100) {
    const Duration value = d.quantile(ppm);
    ASSERT_GE(value, last) << ppm;
    last = value;
  }
}

TEST(LatencyDistribution, HasTheShapeOfTheSamplesBetweenPercentiles) {
  // Nine tenths of the way to the median are quick.
  const LatencyDistribution d(figures(
      10, 100, 101, 102, 103,
      {10, 11, 11, 11, 12, 12, 12, 13, 13, 14, 100, 100, 100, 100, 100, 100, 100, 100, 101, 103}));
  EXPECT_LT(d.quantile(400'000), milliseconds(15));
  EXPECT_EQ(d.quantile(500'000), milliseconds(100));
}

TEST(LatencyDistribution, StretchesSamplesThatDoNotReachThePercentiles) {
  // The file's figures are 1000 times its samples: the shape is kept, the figures are met.
  const LatencyDistribution d(figures(1000, 3000, 5000, 5000, 5000, {1, 2, 3, 4, 5}));
  EXPECT_EQ(d.quantile(0), milliseconds(1000));
  EXPECT_EQ(d.quantile(500'000), milliseconds(3000));
  EXPECT_EQ(d.quantile(1'000'000), milliseconds(5000));
}

TEST(LatencyDistribution, FindsAMedianThatLiesOnAJump) {
  // Half the calls take 1 ms, half 100 ms, and the file says p50 is 100.
  const LatencyDistribution d(figures(1, 100, 100, 100, 100, {1, 1, 1, 1, 100, 100, 100, 100}));
  RandomStream random(1);
  std::vector<Duration> drawn;
  for (int i = 0; i < 10'000; ++i) drawn.push_back(d.draw(random).total());
  std::sort(drawn.begin(), drawn.end());
  EXPECT_EQ(drawn[4'999], milliseconds(100));
  EXPECT_LT(drawn[3'000], milliseconds(10));
}

TEST(LatencyDistribution, SplitsComputingFromWaiting) {
  LatencyFigures f = figures(100, 100, 100, 100, 100, {});
  f.computing_permille = 273;
  RandomStream random(1);
  const CallCost cost = LatencyDistribution(f).draw(random);
  EXPECT_EQ(cost.computing, nanoseconds(27'300'000));
  EXPECT_EQ(cost.waiting, nanoseconds(72'700'000));
}

TEST(LatencyDistribution, HoldsTheLongestDuration) {
  LatencyFigures f;
  f.max = LatencyFigures::longest;
  f.samples = {Duration::zero(), LatencyFigures::longest / 3, LatencyFigures::longest};
  const LatencyDistribution d(f);
  EXPECT_EQ(d.quantile(1'000'000), LatencyFigures::longest);
  EXPECT_GT(d.quantile(999'999), Duration::zero());
}

TEST(LatencyDistribution, DrawsTheSameForTheSameSeed) {
  const LatencyDistribution d(figures(1, 5, 9, 10, 20, {1, 2, 5, 6, 20}));
  RandomStream a(7), b(7);
  for (int i = 0; i < 100; ++i) EXPECT_EQ(d.draw(a).total(), d.draw(b).total());
}

}  // namespace
}  // namespace escrowstorm::mockrpc
