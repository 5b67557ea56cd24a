// So that the sessions are known to get somewhere.
#include "tests/differential/generator.hpp"

#include <gtest/gtest.h>

#include <map>
#include <nlohmann/json.hpp>

#include "tests/differential/arena.hpp"

namespace escrowstorm::differential {
namespace {

// Answers of a wallet that takes everything.
nlohmann::json yes() { return {{"result", {{"multisig_info", "MultisigxV2R1"}}}}; }

Sequence generated(std::uint64_t seed) {
  Generator generator(seed, true);
  Sequence sequence;
  for (int i = 0; i < 100; ++i) {
    sequence.push_back(generator.next());
    generator.learn(sequence.back(), yes());
  }
  return sequence;
}

TEST(DifferentialGenerator, DoesTheSameAgainFromTheSameSeed) {
  EXPECT_EQ(generated(1), generated(1));
  EXPECT_NE(generated(1), generated(2));
}

TEST(DifferentialGenerator, GetsSetUpsDoneOnTheMockAndIsRefusedOften) {
  Arena arena(std::make_unique<MockFleet>(), std::make_unique<MockFleet>());
  arena.lay_in_stock();
  std::map<std::string, int> done;
  int refused = 0;
  for (std::uint64_t seed = 1; seed <= 30; ++seed) {
    Generator generator(seed, false);
    Match match = arena.begin();
    for (int i = 0; i < 40; ++i) {
      const Step step = generator.next();
      const auto parting = match.play(step);
      ASSERT_FALSE(parting) << parting->what;
      const auto& answer = match.answer();
      generator.learn(step, answer);
      if (answer.contains("result")) ++done[step.method];
      refused += answer.contains("error") ? 1 : 0;
    }
  }
  EXPECT_GT(done["make_multisig"], 10);
  EXPECT_GT(done["exchange_multisig_keys"], 10);
  EXPECT_GT(done["open_wallet"], 10);
  EXPECT_GT(done["close_wallet"], 10);
  EXPECT_GT(refused, 100);
}

}  // namespace
}  // namespace escrowstorm::differential
