// The bounds on how often something fails are right as often as they say.
#include <gtest/gtest.h>

#include "base/random.hpp"
#include "sim/ablate/failure_rate.hpp"

namespace escrowstorm::sim {
namespace {

struct Coverage {
  double at_most = 0;
  double at_least = 0;
};

// How many of many searches of `runs` runs, each of which fails with probability `p`, state a bound
// that holds.
Coverage coverage(double p, std::uint64_t runs) {
  constexpr int searches = 4000;
  constexpr std::uint64_t whole = 1'000'000;
  const auto limit = static_cast<std::uint64_t>(p * whole);
  RandomStream random = Random(runs + limit).stream("coverage");
  int most = 0;
  int least = 0;
  for (int i = 0; i < searches; ++i) {
    FailureRate rate{runs, 0};
    for (std::uint64_t run = 0; run < runs; ++run)
      if (random.below(whole) < limit) ++rate.failures;
    most += rate.at_most() >= p;
    least += rate.at_least() <= p;
  }
  return {most / double{searches}, least / double{searches}};
}

class FailureRateOf : public testing::TestWithParam<double> {};

TEST_P(FailureRateOf, IsWithinItsBoundsAsOftenAsTheyClaim) {
  constexpr double claimed = 0.95;
  constexpr double chance = 0.012;  // three and a half times what 4,000 searches scatter by
  for (const std::uint64_t runs : {10u, 100u, 300u}) {
    const Coverage seen = coverage(GetParam(), runs);
    EXPECT_GE(seen.at_most, claimed - chance) << runs;
    EXPECT_GE(seen.at_least, claimed - chance) << runs;
  }
}

INSTANTIATE_TEST_SUITE_P(Rates, FailureRateOf, testing::Values(0.003, 0.02, 0.1, 0.5, 0.9));

TEST(FailureRate, OfNoFailureIsTheRuleOfThree) {
  for (const std::uint64_t runs : {100u, 1000u, 10'000u}) {
    const double bound = FailureRate{runs, 0}.at_most();
    const double three = 3.0 / static_cast<double>(runs);
    EXPECT_LT(bound, three);
    EXPECT_GT(bound, 0.97 * three);
  }
}

TEST(FailureRate, OfNothingIsAnything) {
  EXPECT_EQ(FailureRate{}.at_most(), 1);
  EXPECT_EQ(FailureRate{}.at_least(), 0);
  EXPECT_EQ((FailureRate{7, 7}.at_most()), 1);
  EXPECT_GT((FailureRate{7, 7}.at_least()), 0.5);
}

TEST(FailureRate, IsSaidWithWhatItRestsOn) {
  EXPECT_EQ(rate_text({1000, 0}), "no failure in 1000 runs: below 0.3 %");
  EXPECT_EQ(rate_text({100, 100}), "100 failures in 100 runs: 97 % to 100 %");
  EXPECT_EQ(rate_text({100, 1}), "1 failure in 100 runs: 0.051 % to 4.7 %");
}

}  // namespace
}  // namespace escrowstorm::sim
