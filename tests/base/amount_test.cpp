#include "base/amount.hpp"

#include <gtest/gtest.h>

#include <limits>

namespace escrowstorm {
namespace {

constexpr auto atomic_max = std::numeric_limits<std::uint64_t>::max();

TEST(Amount, SumsAndDifferencesThatDoNotFitAreNothing) {
  const auto one = Amount::from_atomic(1);
  const auto most = Amount::from_atomic(atomic_max);
  EXPECT_EQ(one.plus(one), Amount::from_atomic(2));
  EXPECT_EQ(most.plus(Amount()), most);
  EXPECT_EQ(most.plus(one), std::nullopt);
  EXPECT_EQ(most.plus(most), std::nullopt);
  EXPECT_EQ(most.minus(most), Amount());
  EXPECT_EQ(Amount().minus(one), std::nullopt);
}

}  // namespace
}  // namespace escrowstorm
