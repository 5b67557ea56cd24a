#include "base/quick_hash.hpp"

#include <gtest/gtest.h>

#include <set>
#include <string>

namespace escrowstorm {
namespace {

// Computed apart from it, with whole numbers of any size.
TEST(QuickHash, IsTheSameOnEveryMachine) {
  EXPECT_EQ(QuickHash().value(), 0xcbf29ce44fd0bfc1);
  EXPECT_EQ(quick_hash(""), 0x1af047e742d720cd);
  EXPECT_EQ(quick_hash("foobar"), 0x11c79a8eb65fb948);
  EXPECT_EQ(quick_hash("\xff\xff\xff\xff\xff\xff\xff\xff"), 0xb55bc2184c688e3f);
  EXPECT_EQ(quick_hash("The quick brown fox jumps over the lazy dog"), 0xd9149598fa9b5c55);
}

TEST(QuickHash, CountsWhatIsAddedAtOnceAsOne) {
  QuickHash one, two, ended;
  one.add("abc");
  two.add("a");
  two.add("bc");
  ended.add("abc");
  ended.add("");
  EXPECT_EQ(std::set({one.value(), two.value(), ended.value()}).size(), 3u);
}

TEST(QuickHash, TellsAllOfTheseApart) {
  std::set<std::uint64_t> hashes;
  std::size_t texts = 0;
  for (std::size_t size = 0; size <= 40; ++size) {
    std::string text(size, '\0');
    hashes.insert(quick_hash(text));
    ++texts;
    for (char& byte : text) {
      for (int bit = 0; bit < 8; ++bit) {
        byte = static_cast<char>(1 << bit);
        hashes.insert(quick_hash(text));
        ++texts;
      }
      byte = 0;
    }
  }
  EXPECT_EQ(hashes.size(), texts);
}

}  // namespace
}  // namespace escrowstorm
