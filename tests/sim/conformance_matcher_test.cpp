#include <gmock/gmock.h>
#include <gtest/gtest.h>

#include <nlohmann/json.hpp>

#include "sim/conformance/address.hpp"
#include "sim/conformance/matcher.hpp"
#include "sim/conformance/variables.hpp"

namespace escrowstorm::sim {
namespace {

using nlohmann::json;
using testing::ElementsAre;
using testing::HasSubstr;
using testing::IsEmpty;

// Shown by the real one on regtest.
constexpr std::string_view real_address =
    "4AdGGJXdkJU19H4H1cV3Nd2mk1vhboisGRu76RAALWfp5kPPJhajCcnAx42wJGaU2rKzx2BvoZ8phH66xHcsrMAySYnvXe"
    "z";

// Shown by make_multisig, before the key exchange.
constexpr std::string_view placeholder =
    "41fJjQDhryD11111111111111111111111111111111118ERn4rCstw4mAqMMLHwF6QJa7HjmLQJmUeqGJf7wo4VVNQsVi"
    "j";

std::vector<std::string> compare(const char* expected, const char* actual) {
  return differences(json::parse(expected), json::parse(actual));
}

TEST(Matcher, LiteralsMustBeEqualAndOtherKeysMayBeThere) {
  EXPECT_THAT(compare(R"({"a": 1, "b": [true, "x"]})", R"({"a": 1, "b": [true, "x"], "c": 0})"),
              IsEmpty());
  EXPECT_THAT(compare(R"({"a": 1, "b": [1, 2], "c": {"d": "x"}})",
                      R"({"a": "1", "b": [1, 3], "c": {"d": "y"}})"),
              ElementsAre(R"(a: expected 1, came "1")", "b[1]: expected 2, came 3",
                          R"(c.d: expected "x", came "y")"));
  EXPECT_THAT(compare("[1]", "[1, 2]"), ElementsAre("expected [1], came [1,2]"));
  EXPECT_THAT(compare(R"({"a": {}})", R"({"a": 1})"), ElementsAre("a: expected {}, came 1"));
}

TEST(Matcher, Strings) {
  const char* expected = R"({"$string": {"prefix": "4d", "length": 4, "hex": true}})";
  EXPECT_THAT(compare(expected, R"("4d0f")"), IsEmpty());
  EXPECT_THAT(compare(expected, R"("4e0f")"), ElementsAre(HasSubstr("which begins otherwise")));
  EXPECT_THAT(compare(expected, R"("4d0f0")"), ElementsAre(HasSubstr("which has 5 characters")));
  EXPECT_THAT(compare(expected, R"("4d0G")"), ElementsAre(HasSubstr("which is no hex")));
  EXPECT_THAT(compare(expected, "4"), ElementsAre(HasSubstr("which is no text")));
  EXPECT_THAT(compare(R"({"$string": {"min_length": 2}})", R"("ab")"), IsEmpty());
  EXPECT_THAT(compare(R"({"$string": {"min_length": 3}})", R"("ab")"),
              ElementsAre(HasSubstr("which has 2 characters")));
}

TEST(Matcher, Integers) {
  EXPECT_THAT(compare(R"({"$integer": {"min": 1}})", "1"), IsEmpty());
  EXPECT_THAT(compare(R"({"$integer": {"min": 1}})", "0"), ElementsAre(HasSubstr("is less")));
  EXPECT_THAT(compare(R"({"$integer": {}})", "-5"), IsEmpty());
  EXPECT_THAT(compare(R"({"$integer": {}})", "1.5"), ElementsAre(HasSubstr("is no integer")));
}

TEST(Matcher, LongValuesAreShortened) {
  const json value = std::string(1000, 'x') + "\xe2\x82\xac";
  EXPECT_EQ(shortened(value).size(), 163u);
  EXPECT_EQ(shortened("\xff"), "\"\xef\xbf\xbd\"");
}

TEST(AddressOfATranscript, NeedsARightChecksum) {
  EXPECT_EQ(has_real_spend_key(real_address), true);
  std::string wrong(real_address);
  wrong[50] = wrong[50] == 'a' ? 'b' : 'a';
  EXPECT_EQ(has_real_spend_key(wrong), std::nullopt);
  EXPECT_EQ(has_real_spend_key(real_address.substr(1)), std::nullopt);
  EXPECT_EQ(has_real_spend_key(""), std::nullopt);
}

TEST(AddressOfATranscript, ThePlaceholderIsNotFinalized) {
  EXPECT_EQ(has_real_spend_key(placeholder), false);
  const json address(placeholder);
  EXPECT_THAT(differences(json::parse(R"({"$address": {"finalized": false}})"), address),
              IsEmpty());
  EXPECT_THAT(differences(json::parse(R"({"$address": {"finalized": true}})"), address),
              ElementsAre(HasSubstr("identity point")));
  EXPECT_THAT(differences(json::parse(R"({"$address": {}})"), json(std::string(real_address))),
              IsEmpty());
  EXPECT_THAT(differences(json::parse(R"({"$address": {}})"), json("4abc")),
              ElementsAre(HasSubstr("is no address")));
}

TEST(Variables, AreReplacedInTextsAtAnyDepth) {
  const Variables variables{{"a", "1"}, {"b_2", "${a}"}};
  EXPECT_EQ(substitute_in_text("x${a}${b_2}y", variables), "x1${a}y");
  EXPECT_EQ(substitute_in_text("$a ${} ${a-b} ${a", variables), "$a ${} ${a-b} ${a");
  EXPECT_EQ(substitute(json::parse(R"({"${a}": ["${a}", 5, {"x": "${a}"}]})"), variables),
            json::parse(R"({"${a}": ["1", 5, {"x": "1"}]})"));
}

}  // namespace
}  // namespace escrowstorm::sim
