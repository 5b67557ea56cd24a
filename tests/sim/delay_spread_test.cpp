// The spreads of delays: their percentiles, and that the same seed gives the same delays.
#include "sim/faults/delay_spread.hpp"

#include <gtest/gtest.h>

#include <algorithm>
#include <vector>

namespace escrowstorm::sim {
namespace {

using namespace std::chrono_literals;

constexpr std::size_t count = 20'000;

std::vector<Duration> drawn(Spread spread, Duration delay, Duration up_to) {
  const DelaySpread delays(spread, delay, up_to);
  RandomStream random = Random(1).stream("test");
  std::vector<Duration> all(count);
  for (Duration& each : all) each = delays.draw(random);
  std::sort(all.begin(), all.end());
  return all;
}

TEST(DelaySpread, AFixedOneDrawsNothing) {
  const DelaySpread delays(Spread::fixed, 2s, 0s);
  RandomStream random = Random(1).stream("test");
  EXPECT_EQ(delays.draw(random), 2s);
  EXPECT_EQ(random.next(), Random(1).stream("test").next());
}

TEST(DelaySpread, AUniformOneFillsWhatIsBetween) {
  const auto all = drawn(Spread::uniform, 1s, 3s);
  EXPECT_GE(all.front(), 1s);
  EXPECT_LE(all.back(), 3s);
  for (const int tenth : {1, 3, 5, 7, 9})
    EXPECT_NEAR(static_cast<double>((all[count * tenth / 10] - 1s) / 1ms), tenth * 200, 30);
  EXPECT_EQ(drawn(Spread::uniform, 1s, 1s).back(), 1s);
}

TEST(DelaySpread, ALognormalOneHasItsMedianAndItsTail) {
  const auto all = drawn(Spread::lognormal, 100ms, 10s);
  EXPECT_NEAR(static_cast<double>(all[count / 2] / 1ms), 100, 5);
  EXPECT_NEAR(static_cast<double>(all[count * 99 / 100] / 1ms), 10'000, 1'000);
  EXPECT_NEAR(static_cast<double>(all[count / 100] / 10us), 100, 12) << "as far below the median";
  EXPECT_LE(all.back(), 1h);
  EXPECT_EQ(drawn(Spread::lognormal, 1s, 1s).back(), 1s);
  EXPECT_EQ(drawn(Spread::lognormal, 0s, 0s).back(), 0s);
}

TEST(DelaySpread, ASpikeComesOnceInAHundred) {
  const auto all = drawn(Spread::spike, 1s, 9s);
  const auto spikes = std::count(all.begin(), all.end(), Duration(9s));
  EXPECT_NEAR(static_cast<double>(spikes), count / 100.0, 50);
  EXPECT_EQ(std::count(all.begin(), all.end(), Duration(1s)) + spikes, count);
}

// On every machine: no floating point is in it.
TEST(DelaySpread, TheSameDrawsGiveTheSameNanoseconds) {
  const DelaySpread delays(Spread::lognormal, 100ms, 10s);
  RandomStream random = Random(1).stream("test");
  EXPECT_EQ(delays.draw(random).count(), 40'451'403);
}

}  // namespace
}  // namespace escrowstorm::sim
