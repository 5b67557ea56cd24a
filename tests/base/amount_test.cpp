#include "base/amount.hpp"

#include <gmock/gmock.h>

#include <limits>

#include "tests/support/mutation.hpp"

namespace escrowstorm {
namespace {

constexpr auto atomic_max = std::numeric_limits<std::uint64_t>::max();

TEST(Amount, ReadsDecimalXmrExactly) {
  EXPECT_EQ(Amount::parse_xmr("0.003"), Amount::from_atomic(3'000'000'000));
  EXPECT_EQ(Amount::parse_xmr("12"), Amount::from_atomic(12 * Amount::per_xmr));
  EXPECT_EQ(Amount::parse_xmr("0.000000000001"), Amount::from_atomic(1));
  EXPECT_EQ(Amount::parse_xmr("007.50"), Amount::from_atomic(7'500'000'000'000));
  EXPECT_EQ(Amount::parse_xmr("18446744.073709551615"), Amount::from_atomic(atomic_max));
}

TEST(Amount, RefusesWhatIsNoAmount) {
  for (const char* text : {"", ".", "1.", ".5", "-1", "+1", " 1", "1 ", "1e3", "0x10", "1,5",
                           "1.2.3", "0.0000000000001", "abc", "18446744.073709551616", "18446745",
                           "99999999999999999999999", "1.0000000000000"})
    EXPECT_EQ(Amount::parse_xmr(text), std::nullopt) << '"' << text << '"';
}

TEST(Amount, WritesWithoutNeedlessZeros) {
  EXPECT_EQ(Amount().to_xmr(), "0");
  EXPECT_EQ(Amount::from_atomic(3'000'000'000).to_xmr(), "0.003");
  EXPECT_EQ(Amount::from_atomic(12 * Amount::per_xmr).to_xmr(), "12");
  EXPECT_EQ(Amount::from_atomic(1).to_xmr(), "0.000000000001");
  EXPECT_EQ(Amount::from_atomic(atomic_max).to_xmr(), "18446744.073709551615");
}

TEST(Amount, WhatIsWrittenReadsBackAsTheSame) {
  RandomStream random = Random(1).stream("test.amount");
  for (int i = 0; i < 20'000; ++i) {
    // All sizes: every number of significant bits is as likely as the others.
    const Amount amount = Amount::from_atomic(random.next() >> random.below(64));
    ASSERT_EQ(Amount::parse_xmr(amount.to_xmr()), amount) << amount.to_xmr();
  }
}

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

TEST(Amount, AnyTextIsAnAmountOrNone) {
  const std::vector<std::string> corpus{"0.003", "18446744.073709551615", "12", "0.000000000001"};
  const std::vector<std::string_view> tokens{".", "0", "9", "-", "e", "99999999999"};
  test::Mutator mutator(corpus, tokens, 1);
  int amounts = 0;
  for (int i = 0; i < 20'000; ++i) {
    const auto amount = Amount::parse_xmr(mutator.next());
    if (!amount) continue;
    ++amounts;
    ASSERT_EQ(Amount::parse_xmr(amount->to_xmr()), amount);
  }
  EXPECT_GT(amounts, 1000);
  EXPECT_LT(amounts, 19'000);
}

}  // namespace
}  // namespace escrowstorm
