// The histogram against exact sorting, over many shapes and sizes.
#include <gtest/gtest.h>

#include <algorithm>
#include <cmath>

#include "base/random.hpp"
#include "sim/metrics/histogram.hpp"

namespace escrowstorm::sim {
namespace {

std::vector<std::int64_t> draw_values(RandomStream& random) {
  std::vector<std::int64_t> values(1 + random.below(3000));
  const std::uint64_t shape = random.below(4);
  const auto bits = static_cast<unsigned>(1 + random.below(62));
  for (auto& value : values) {
    const std::uint64_t uniform = random.below(std::uint64_t{1} << bits);
    const std::uint64_t small = random.below(300);
    const std::uint64_t wide = random.next() >> (1 + random.below(63));  // all magnitudes
    const std::uint64_t constant = (std::uint64_t{1} << bits) - 1;
    const std::uint64_t drawn[] = {uniform, small, wide, constant};
    value = static_cast<std::int64_t>(drawn[shape]);
  }
  return values;
}

std::int64_t nearest_rank(const std::vector<std::int64_t>& sorted, unsigned percent) {
  const auto rank = static_cast<std::size_t>(
      std::ceil(static_cast<double>(percent) * static_cast<double>(sorted.size()) / 100.0));
  return sorted[std::max<std::size_t>(rank, 1) - 1];
}

void expect_same_within_one_percent(const Histogram& histogram, std::vector<std::int64_t> values) {
  std::sort(values.begin(), values.end());
  ASSERT_EQ(histogram.count(), values.size());
  EXPECT_EQ(histogram.min().count(), values.front());
  EXPECT_EQ(histogram.max().count(), values.back());
  for (const unsigned percent : {0u, 1u, 10u, 50u, 90u, 99u, 100u}) {
    const auto exact = nearest_rank(values, percent);
    const auto told = histogram.percentile(percent).count();
    EXPECT_LE(std::abs(static_cast<double>(told - exact)), 0.01 * static_cast<double>(exact))
        << "p" << percent << " of " << values.size();
    EXPECT_GE(told, values.front());
    EXPECT_LE(told, values.back());
  }
}

TEST(Histogram, PercentilesAreThoseOfSortingWithinOnePercent) {
  RandomStream random = Random(1).stream("test.histogram");
  for (int round = 0; round < 300; ++round) {
    const auto values = draw_values(random);
    Histogram histogram;
    for (const auto value : values) histogram.record(Duration(value));
    expect_same_within_one_percent(histogram, values);
  }
}

TEST(Histogram, AmongMoreThoseThatAreNotHereAreTheLeast) {
  Histogram histogram;
  for (int i = 1; i <= 10; ++i) histogram.record(Duration(i));
  EXPECT_EQ(histogram.percentile_among(10, 90), Duration(9));
  EXPECT_EQ(histogram.percentile_among(100, 99), Duration(9));
  EXPECT_EQ(histogram.percentile_among(100, 90), Duration(0)) << "none of these";
  EXPECT_EQ(histogram.percentile_among(1'000'000, 100), Duration(10));
}

TEST(Histogram, MergedIsAsIfRecordedInOne) {
  RandomStream random = Random(2).stream("test.histogram");
  for (int round = 0; round < 100; ++round) {
    auto values = draw_values(random);
    Histogram one, left, right;
    for (const auto value : values) {
      one.record(Duration(value));
      (random.chance(1, 3) ? left : right).record(Duration(value));
    }
    left.merge(right);
    expect_same_within_one_percent(left, values);
    for (unsigned percent = 0; percent <= 100; ++percent)
      ASSERT_EQ(left.percentile(percent), one.percentile(percent));
  }
}

TEST(Histogram, MergingNothingChangesNothing) {
  Histogram histogram;
  histogram.record(Duration(7));
  histogram.merge(Histogram());
  EXPECT_EQ(histogram.count(), 1u);
  EXPECT_EQ(histogram.min(), Duration(7));
  Histogram empty;
  empty.merge(histogram);
  EXPECT_EQ(empty.min(), Duration(7));
  EXPECT_EQ(empty.max(), Duration(7));
}

TEST(Histogram, SmallCountsAreExact) {
  Histogram histogram;
  for (const int value : {10, 20, 30}) histogram.record(Duration(value));
  EXPECT_EQ(histogram.percentile(50), Duration(20));
  EXPECT_EQ(histogram.percentile(90), Duration(30));
  EXPECT_EQ(histogram.percentile(34), Duration(20));
  EXPECT_EQ(histogram.percentile(33), Duration(10));
}

TEST(Histogram, TakesTheExtremes) {
  Histogram histogram;
  histogram.record(Duration::max());
  histogram.record(Duration::min());  // no such time: counts as zero
  EXPECT_EQ(histogram.min(), Duration::zero());
  EXPECT_EQ(histogram.max(), Duration::max());
  EXPECT_EQ(histogram.percentile(100), Duration::max());
}

}  // namespace
}  // namespace escrowstorm::sim
