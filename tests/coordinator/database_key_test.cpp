// What may stand in DB_ENCRYPTION_KEY, and what is made of it.
#include "coordinator/secrets/database_key.hpp"

#include <gmock/gmock.h>
#include <gtest/gtest.h>

#include <algorithm>
#include <cctype>
#include <cstdlib>
#include <vector>

#include "tests/support/environment.hpp"

namespace escrowstorm::coordinator {
namespace {

using testing::AllOf;
using testing::HasSubstr;
using testing::Not;

const std::string digits = "00112233445566778899aabbccddeeff00112233445566778899AABBCCDDEEFF";
const std::string phrase = "correct horse battery";
const std::string salt(16, 's');

DatabaseKey key_of(const std::string& text) {
  return std::get<DatabaseKey>(DatabaseKey::read(text));
}

std::string complaint_about(const std::string& text) {
  return std::get<std::string>(DatabaseKey::read(text));
}

bool are_one(const Sealer& one, const Sealer& other) {
  return one.seal("text", "place") == other.seal("text", "place");
}

TEST(DatabaseKey, TakesHexadecimalDigitsAsTheyAre) {
  std::string upper = digits;
  for (char& c : upper) c = static_cast<char>(std::toupper(c));
  EXPECT_EQ(key_of(digits).new_salt(), "");
  EXPECT_TRUE(are_one(*key_of(digits).sealer(""), *key_of(upper).sealer("")));
  EXPECT_FALSE(are_one(*key_of(digits).sealer(""), *key_of(std::string(64, '0')).sealer("")));
  EXPECT_FALSE(key_of(digits).sealer(salt)) << "a phrase made that database";
}

TEST(DatabaseKey, MakesAKeyOfAPhraseAndASalt) {
  const DatabaseKey key = key_of(phrase);
  EXPECT_EQ(key.new_salt().size(), 16u);
  EXPECT_NE(key.new_salt(), key.new_salt());
  EXPECT_FALSE(key.sealer("")) << "digits made that database";
  const Sealer first = *key.sealer(salt);
  EXPECT_FALSE(are_one(first, *key.sealer(std::string(16, 't'))));
  EXPECT_TRUE(are_one(first, *key_of(phrase).sealer(salt)));
  EXPECT_FALSE(are_one(first, *key_of(phrase + '.').sealer(salt)));
}

// One digit too few or too many is a phrase: long enough, and nobody can tell.
TEST(DatabaseKey, TakesWhatIsAlmostDigitsForAPhrase) {
  EXPECT_NE(key_of(digits.substr(1)).new_salt(), "");
  EXPECT_NE(key_of(digits + '0').new_salt(), "");
  EXPECT_NE(key_of('g' + digits.substr(1)).new_salt(), "");
}

TEST(DatabaseKey, RefusesWhatCanBeGuessed) {
  EXPECT_EQ(complaint_about(""),
            "DB_ENCRYPTION_KEY is empty: set it to 64 hexadecimal digits (openssl rand -hex 32) or "
            "a pass phrase of 16 characters or more");
  EXPECT_THAT(complaint_about("hunter2"),
              AllOf(HasSubstr("DB_ENCRYPTION_KEY has 7 characters"), HasSubstr("openssl rand"),
                    Not(HasSubstr("hunter2")), Not(HasSubstr("\n"))));
  EXPECT_THAT(complaint_about(std::string(15, 'x')), HasSubstr("15 characters"));
  EXPECT_TRUE(std::holds_alternative<DatabaseKey>(DatabaseKey::read(std::string(16, 'x'))));
}

TEST(DatabaseKey, IsReadFromTheEnvironment) {
  using Given = std::optional<DatabaseKey>;
  {
    const test::Environment set(DatabaseKey::variable, digits);
    const Given given = std::get<Given>(DatabaseKey::from_environment());
    ASSERT_TRUE(given);
    EXPECT_TRUE(are_one(*given->sealer(""), *key_of(digits).sealer("")));
  }
  {
    const test::Environment set(DatabaseKey::variable, "");
    EXPECT_THAT(std::get<std::string>(DatabaseKey::from_environment()), HasSubstr("is empty"));
  }
  const test::Environment put_back(DatabaseKey::variable, "");
  ::unsetenv(DatabaseKey::variable);
  EXPECT_FALSE(std::get<Given>(DatabaseKey::from_environment()));
}

TEST(DatabaseKey, DrawsOneThatIsNew) {
  SeededEntropy seeded{RandomStream(1)};
  SystemEntropy system;
  const DatabaseKey first = DatabaseKey::draw(seeded);
  const DatabaseKey copy = first;
  EXPECT_TRUE(are_one(*first.sealer(""), *copy.sealer("")));
  EXPECT_FALSE(are_one(*first.sealer(""), *DatabaseKey::draw(seeded).sealer("")));
  EXPECT_FALSE(
      are_one(*DatabaseKey::draw(system).sealer(""), *DatabaseKey::draw(system).sealer("")));
}

TEST(SystemEntropy, FillsAnyLength) {
  SystemEntropy entropy;
  std::vector<unsigned char> bytes(1000);
  entropy.fill(bytes);
  EXPECT_GT(std::count_if(bytes.end() - 100, bytes.end(), [](auto b) { return b != 0; }), 50);
}

}  // namespace
}  // namespace escrowstorm::coordinator
