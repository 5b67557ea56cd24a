// Made-up sessions, legal and illegal calls mixed, played on the real wallet RPC and on the mock.
// A session that parts them is kept in tests/data/differential once the model is mended, and played
// ever after.
#include <gtest/gtest.h>

#include <algorithm>
#include <array>
#include <charconv>
#include <cstdlib>
#include <filesystem>
#include <fstream>
#include <functional>
#include <stdexcept>
#include <string>
#include <string_view>
#include <thread>

#include "tests/differential/arena.hpp"
#include "tests/differential/generator.hpp"

namespace escrowstorm::differential {
namespace {

namespace fs = std::filesystem;

// Of each kind. A real wallet takes a second of computing to make: DIFFERENTIAL_SESSIONS asks for
// more than a test has time for.
std::uint64_t sessions() {
  const char* given = std::getenv("DIFFERENTIAL_SESSIONS");
  if (!given) return 10;
  const std::string_view text(given);
  std::uint64_t number = 0;
  const auto [end, error] = std::from_chars(text.data(), text.data() + text.size(), number);
  if (error != std::errc() || end != text.data() + text.size() || number == 0)
    throw std::invalid_argument("DIFFERENTIAL_SESSIONS is \"" + std::string(text) +
                                "\": give a number from 1");
  return number;
}
constexpr int calls = 25;
constexpr int calls_with_money = 40;
constexpr int shrinking_tries = 12;

// Two arenas share the sessions, a thread each: nearly all of it is the real one's computing.
class Generated : public testing::Test {
 protected:
  static void SetUpTestSuite() {
    for (auto& arena : arenas_) {
      arena = std::make_unique<Arena>(std::make_unique<RealFleet>(), std::make_unique<MockFleet>());
    }
    on_both([](Arena& arena, std::uint64_t) {
      arena.lay_in_stock();
      arena.fund_stock();
    });
  }
  static void TearDownTestSuite() {
    for (auto& arena : arenas_) arena.reset();
  }

  static void on_both(const std::function<void(Arena&, std::uint64_t number)>& what) {
    std::thread second([&what] { what(*arenas_[1], 1); });
    what(*arenas_[0], 0);
    second.join();
  }

  static void play_session(Arena& arena, std::uint64_t seed, bool with_money) {
    Generator generator(seed, with_money);
    Sequence sequence;
    Match match = arena.begin();
    for (int i = with_money ? calls_with_money : calls; i > 0; --i) {
      sequence.push_back(generator.next());
      const auto parting = match.play(sequence.back());
      generator.learn(sequence.back(), match.answer());
      if (!parting) continue;
      ADD_FAILURE() << "seed " << seed << ", " << parting->what << "shrunk to:\n"
                    << to_json(shrunk(arena, sequence, shrinking_tries)).dump();
      return;
    }
  }

  static inline std::array<std::unique_ptr<Arena>, 2> arenas_;
};

TEST_F(Generated, SetUpsAreAnsweredAlike) {
  on_both([last = sessions()](Arena& arena, std::uint64_t number) {
    for (std::uint64_t seed = 1 + number; seed <= last; seed += 2) play_session(arena, seed, false);
  });
}

TEST_F(Generated, SpendingIsAnsweredAlike) {
  on_both([last = sessions()](Arena& arena, std::uint64_t number) {
    for (std::uint64_t seed = 1 + number; seed <= last; seed += 2) play_session(arena, seed, true);
  });
}

TEST_F(Generated, KeptSessionsAreAnsweredAlike) {
  std::vector<fs::path> files;
  for (const auto& entry :
       fs::directory_iterator(fs::path(ESCROWSTORM_SOURCE_DIR) / "tests/data/differential"))
    if (entry.path().extension() == ".json") files.push_back(entry.path());
  std::ranges::sort(files);
  ASSERT_FALSE(files.empty());
  for (const fs::path& file : files) {
    const auto sequence = read_sequence(nlohmann::json::parse(std::ifstream(file), nullptr, false));
    ASSERT_TRUE(sequence) << file << " is no sequence";
    if (const auto parting = arenas_[0]->play(*sequence))
      ADD_FAILURE() << file << ": " << parting->what;
  }
}

}  // namespace
}  // namespace escrowstorm::differential
