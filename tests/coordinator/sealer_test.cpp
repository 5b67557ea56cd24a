// What is sealed comes out as it was, with that key, in that place, and no other way.
#include "coordinator/secrets/sealer.hpp"

#include <gmock/gmock.h>
#include <gtest/gtest.h>

#include <algorithm>
#include <set>

#include "base/random.hpp"

namespace escrowstorm::coordinator {
namespace {

SecretKey key_of(unsigned char byte) {
  SecretKey key;
  std::fill(key.bytes().begin(), key.bytes().end(), byte);
  return key;
}

const Sealer& sealer() {
  static const Sealer sealer(key_of(1));
  return sealer;
}

std::string hex(std::string_view bytes) {
  std::string digits;
  for (const char c : bytes) {
    digits += "0123456789abcdef"[static_cast<unsigned char>(c) >> 4];
    digits += "0123456789abcdef"[static_cast<unsigned char>(c) & 15];
  }
  return digits;
}

TEST(Sealer, GivesBackWhatWasSealed) {
  RandomStream random(1);
  for (std::size_t size = 0; size < 300; ++size) {
    std::string text(size, '\0');
    random.fill({reinterpret_cast<unsigned char*>(text.data()), text.size()});
    const std::string sealed = sealer().seal(text, "here");
    EXPECT_EQ(sealed.size(), size + 40);
    EXPECT_EQ(sealer().unseal(sealed, "here"), text);
  }
}

TEST(Sealer, ShowsNothingOfTheText) {
  const std::string sealed = sealer().seal("a secret that is in it", "here");
  EXPECT_EQ(sealed.find("secret"), sealed.npos);
}

// All that is written today must be read by the next version. Worked out by other means, from the
// RFCs of ChaCha20, Poly1305 and BLAKE2.
TEST(Sealer, SealsAsEver) {
  EXPECT_EQ(hex(sealer().seal("text", "place")),
            "c610913861bdfa986190ff0336b418cb89c443e4518457ee552d638cc9de525498ac39bc1fc7cecc93373d"
            "22");
  EXPECT_EQ(hex(sealer().mark("text", "place")),
            "29056528ed66669afa540f6bf77f1d11bfc84beeb18ac941dfcca4aaaf0a8412");
}

TEST(Sealer, RefusesWhatWasChanged) {
  const std::string sealed = sealer().seal("text", "here");
  for (std::size_t bit = 0; bit < 8 * sealed.size(); ++bit) {
    std::string changed = sealed;
    changed[bit / 8] = static_cast<char>(changed[bit / 8] ^ 1 << bit % 8);
    EXPECT_EQ(sealer().unseal(changed, "here"), std::nullopt) << bit;
  }
  for (std::size_t size = 0; size < sealed.size(); ++size)
    EXPECT_EQ(sealer().unseal(sealed.substr(0, size), "here"), std::nullopt) << size;
  EXPECT_EQ(sealer().unseal(sealed + '\0', "here"), std::nullopt);
}

TEST(Sealer, RefusesAnotherPlaceAndAnotherKey) {
  const std::string sealed = sealer().seal("text", "here");
  EXPECT_EQ(sealer().unseal(sealed, "there"), std::nullopt);
  EXPECT_EQ(sealer().unseal(sealed, ""), std::nullopt);
  EXPECT_EQ(Sealer(key_of(2)).unseal(sealed, "here"), std::nullopt);
}

// The same nonce for two texts would give away what they differ in.
TEST(Sealer, HasANonceForEachTextAndPlace) {
  const std::pair<const char*, const char*> pairs[] = {
      {"", ""}, {"a", ""}, {"", "a"}, {"ab", ""}, {"a", "b"}, {"b", "a"}, {"", "ab"}, {"a", "bb"}};
  constexpr std::size_t nonce_bytes = 24;
  std::set<std::string> nonces;
  for (const auto& [text, place] : pairs)
    nonces.insert(sealer().seal(text, place).substr(0, nonce_bytes));
  nonces.insert(Sealer(key_of(2)).seal("a", "b").substr(0, nonce_bytes));
  EXPECT_EQ(nonces.size(), std::size(pairs) + 1);
  EXPECT_EQ(sealer().seal("a", "b"), sealer().seal("a", "b"));
}

TEST(Sealer, MarksWhatMayBeReadAndNotChanged) {
  const std::string mark = sealer().mark("content", "here");
  EXPECT_TRUE(sealer().is_mark(mark, "content", "here"));
  EXPECT_FALSE(sealer().is_mark(mark, "Content", "here"));
  EXPECT_FALSE(sealer().is_mark(mark, "contenth", "ere"));
  EXPECT_FALSE(sealer().is_mark(mark, "content", "there"));
  EXPECT_FALSE(sealer().is_mark(mark.substr(1), "content", "here"));
  EXPECT_FALSE(sealer().is_mark("", "content", "here"));
  EXPECT_FALSE(Sealer(key_of(2)).is_mark(mark, "content", "here"));
}

TEST(SecretKey, IsInOnePlace) {
  SecretKey key = key_of(1);
  const SecretKey moved = std::move(key);
  EXPECT_THAT(moved.bytes(), testing::Each(1));
  EXPECT_THAT(key.bytes(), testing::Each(0));  // NOLINT: that is what is tested
}

}  // namespace
}  // namespace escrowstorm::coordinator
