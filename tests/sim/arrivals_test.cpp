// When escrows are due: exact times, and what chance must look like.
#include "sim/storm/arrivals/arrivals.hpp"

#include <gmock/gmock.h>
#include <gtest/gtest.h>

#include <vector>

#include "sim/storm/arrivals/table.hpp"

namespace escrowstorm::sim {
namespace {

using namespace std::chrono_literals;
using testing::ElementsAre;

ArrivalSpec of_kind(std::string kind) {
  ArrivalSpec spec;
  spec.kind = std::move(kind);
  return spec;
}

std::vector<Duration> first(int count, const ArrivalSpec& spec, std::uint64_t seed = 1) {
  const auto arrivals = make_arrivals(spec, Random(seed));
  std::vector<Duration> all;
  for (int i = 0; i < count; ++i) all.push_back(arrivals->next());
  return all;
}

TEST(Arrivals, ConstantIsEvenAndDoesNotDrift) {
  ArrivalSpec spec = of_kind("constant");
  spec.rate = {30, 1min};
  EXPECT_THAT(first(3, spec), ElementsAre(0s, 2s, 4s));
  EXPECT_EQ(arrivals_within(spec, 10min, 1'000), 300u);
  EXPECT_EQ(arrivals_within(spec, 10min + 1ns, 1'000), 301u);
  EXPECT_EQ(arrivals_within(spec, 10min, 99), 100u);
  spec.rate = {7, 1s};
  EXPECT_EQ(first(7'001, spec).back(), 1'000s);
}

TEST(Arrivals, BurstComesAtOnceAndAgain) {
  ArrivalSpec spec = of_kind("burst");
  spec.size = 2;
  spec.every = 1min;
  EXPECT_THAT(first(5, spec), ElementsAre(0s, 0s, 1min, 1min, 2min));
  EXPECT_EQ(arrivals_within(spec, 2min, 100), 4u);
}

// From 0 to 10 s the rate grows from 1/s to 3/s: t + t^2/10 have come at t.
TEST(Arrivals, RampIsTheIntegralOfItsRate) {
  ArrivalSpec spec = of_kind("ramp");
  spec.from = {1, 1s};
  spec.to = {3, 1s};
  spec.over = 10s;
  const auto times = first(51, spec);
  EXPECT_EQ(times[0], 0s);
  EXPECT_EQ(times[20], 10s);
  EXPECT_EQ(times[50], 20s) << "three a second, from then on";
  for (int i = 0; i <= 20; ++i) {
    const double t = static_cast<double>(times[i].count()) / 1e9;
    EXPECT_NEAR(t + t * t / 10, i, 1e-5);
  }
}

TEST(Arrivals, RampGoesDownToo) {
  ArrivalSpec spec = of_kind("ramp");
  spec.from = {1'000'000, 1s};
  spec.to = {1, 1h};
  spec.over = 1s;
  const auto times = first(500'002, spec);
  EXPECT_LE(times[499'000], 1s);
  EXPECT_GT(times.back(), 1h);
}

TEST(Arrivals, PoissonGapsAreExponential) {
  ArrivalSpec spec = of_kind("poisson");
  spec.rate = {10, 1s};
  constexpr int count = 100'000;
  const auto times = first(count, spec);
  const double mean = static_cast<double>(times.back().count()) / 1e9 / count;
  EXPECT_NEAR(mean, 0.1, 0.001);
  int beyond_mean = 0;
  int beyond_thrice = 0;
  Duration before{};
  for (const Duration time : times) {
    beyond_mean += time - before > 100ms;
    beyond_thrice += time - before > 300ms;
    before = time;
  }
  EXPECT_NEAR(beyond_mean, count * 0.36788, 600);
  EXPECT_NEAR(beyond_thrice, count * 0.04979, 300);
  EXPECT_EQ(arrivals_within(spec, 10s, 1'000), 100u) << "so many on average";
}

// The same on every machine.
TEST(Arrivals, PoissonIsOfTheSeed) {
  ArrivalSpec spec = of_kind("poisson");
  EXPECT_EQ(first(100, spec, 7), first(100, spec, 7));
  EXPECT_NE(first(100, spec, 7), first(100, spec, 8));
  EXPECT_THAT(first(3, spec, 7), ElementsAre(1'479'651'180ns, 2'339'749'728ns, 2'579'720'776ns));
}

TEST(Arrivals, ReplayedIsAsWritten) {
  ArrivalSpec spec = of_kind("replayed");
  spec.times = {1s, 1s, 7s};
  EXPECT_THAT(first(3, spec), ElementsAre(1s, 1s, 7s));
}

TEST(Arrivals, ClosedHasNoTimes) {
  EXPECT_EQ(make_arrivals(of_kind("closed"), Random(1)), nullptr);
}

}  // namespace
}  // namespace escrowstorm::sim
