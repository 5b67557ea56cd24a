#include "base/random.hpp"

#include <gmock/gmock.h>

#include <vector>

namespace escrowstorm {
namespace {

using testing::ElementsAre;

std::vector<std::uint64_t> draws(RandomStream stream, int count = 3) {
  std::vector<std::uint64_t> values;
  for (int i = 0; i < count; ++i) values.push_back(stream.next());
  return values;
}

// Computed apart, from the generators' publications: every compiler has to agree with them.
TEST(Random, DrawsAreThoseOfTheGeneratorWrittenDown) {
  EXPECT_THAT(draws(Random(0).stream("arrivals")),
              ElementsAre(0x316c701c98078bf0, 0x33af0f857e362101, 0xad6b4172c3d5e825));
  EXPECT_THAT(draws(Random(1).stream("arrivals")),
              ElementsAre(0x93f5c6cac8171219, 0xe0b551f9bb243c85, 0x62ba8655d0c0f3f8));
  EXPECT_THAT(draws(Random(1).stream("mock.keys")),
              ElementsAre(0x19925d57c74d8993, 0xeef64806fa2affd1, 0xd29c5ed7343b87a5));
  EXPECT_THAT(draws(Random(1).stream("mock.keys", 0)),
              ElementsAre(0x60e8fb5e3b6791ca, 0xd9c3171637bc1e1f, 0x1c06df9503f5197a));
  EXPECT_THAT(draws(Random(1).stream("mock.keys", 1)),
              ElementsAre(0x56568c47f041cf47, 0x31d55193bb4880a8, 0xa714eac8aab2a3be));
  EXPECT_THAT(draws(Random(~std::uint64_t{0}).stream("")),
              ElementsAre(0x6c2a907c910ae1b8, 0x4228d75cb2195617, 0xf010dfe4cfa29324));
}

TEST(Random, OneStreamsDrawsDoNotMoveAnothers) {
  const Random random(7);
  RandomStream arrivals = random.stream("arrivals");
  for (int i = 0; i < 100; ++i) arrivals.next();
  EXPECT_EQ(draws(random.stream("faults")), draws(Random(7).stream("faults")));
  EXPECT_EQ(draws(random.stream("arrivals")), draws(Random(7).stream("arrivals")));
}

TEST(Random, BelowStaysBelowAndReachesEverything) {
  RandomStream random = Random(1).stream("test");
  for (const std::uint64_t bound : {1, 2, 3, 7, 10}) {
    std::vector<int> seen(bound);
    for (int i = 0; i < 1000; ++i) ++seen.at(random.below(bound));
    EXPECT_THAT(seen, testing::Each(testing::Gt(0))) << bound;
  }
}

TEST(Random, BelowIsEvenWhereTheRemainderWouldNotBe) {
  // Of a bound of 3/4 of 2^64, plain remainders would put half of the draws into the first third.
  constexpr std::uint64_t bound = 3ull << 62;
  RandomStream random = Random(1).stream("test");
  int first_third = 0;
  for (int i = 0; i < 30'000; ++i) {
    const std::uint64_t draw = random.below(bound);
    ASSERT_LT(draw, bound);
    first_third += draw < bound / 3;
  }
  EXPECT_NEAR(first_third, 10'000, 400);
}

TEST(Random, ChanceIsNeverAlwaysAndInBetween) {
  RandomStream random = Random(1).stream("test");
  int hits = 0;
  for (int i = 0; i < 10'000; ++i) {
    ASSERT_FALSE(random.chance(0, 5));
    ASSERT_TRUE(random.chance(5, 5));
    hits += random.chance(1, 5);
  }
  EXPECT_NEAR(hits, 2000, 200);
}

TEST(Random, BytesAreTheDrawsFromTheLowEnd) {
  std::vector<unsigned char> bytes(11);
  Random(1).stream("arrivals").fill(bytes);
  EXPECT_THAT(bytes, ElementsAre(0x19, 0x12, 0x17, 0xc8, 0xca, 0xc6, 0xf5, 0x93, 0x85, 0x3c, 0x24));
}

}  // namespace
}  // namespace escrowstorm
