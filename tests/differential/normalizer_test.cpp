// The judge itself: what it takes for the same and what not.
#include "tests/differential/normalizer.hpp"

#include <gmock/gmock.h>
#include <gtest/gtest.h>

#include <nlohmann/json.hpp>

#include "tests/differential/compare.hpp"
#include "tests/differential/step.hpp"

namespace escrowstorm::differential {
namespace {

using nlohmann::json;
using testing::ElementsAre;
using testing::IsEmpty;
using testing::SizeIs;

const std::string key_a(64, 'a');
const std::string key_b(64, 'b');
const std::string address =
    "42ey1afDFnn4886T7196doS9GPMzexD9gXpsZJDwVjeRVdFCSoHnv7KPbBeGpzJBzHRCAs9UxqeoyFQMYbqSWYTfJJQAWD"
    "m";

TEST(DifferentialNormalizer, NamesTheSameTheSame) {
  Normalizer normalizer("/w");
  EXPECT_EQ(normalizer.normalized(json{{"x", key_a}, {"y", {key_b, key_a}}}),
            json({{"x", "<hex64 1>"}, {"y", {"<hex64 2>", "<hex64 1>"}}}));
  EXPECT_EQ(normalizer.normalized(json("tx " + key_b + " of " + address)),
            json("tx <hex64 2> of <4address95 1>"));
  EXPECT_EQ(normalizer.normalized(json("file \"/w/a.keys\"")), json("file \"<folder>/a.keys\""));
}

TEST(DifferentialNormalizer, KeepsLengthsAndWhatIsNoChance) {
  Normalizer normalizer("/w");
  const std::string message = "MultisigxV2Rn" + std::string(100, 'Q');
  EXPECT_EQ(normalizer.normalized(json(message)), json("<MultisigxV2Rn113 1>"));
  EXPECT_EQ(normalizer.normalized(json(std::string(16, '0'))), json(std::string(16, '0')));
  EXPECT_EQ(normalizer.normalized(json("not in prime subgroup")), json("not in prime subgroup"));
  EXPECT_EQ(normalizer.normalized(json{{"balance", 1'700'000'000u}, {"timestamp", 1'700'000'000u}}),
            json({{"balance", 1'700'000'000u}, {"timestamp", "<time>"}}));
}

TEST(DifferentialNormalizer, TakesOutTheOrderOfHashes) {
  Normalizer normalizer("/w");
  const json late{{"height", 7u}, {"amount", 1u}, {"txid", key_a}};
  const json early{{"height", 5u}, {"amount", 1u}, {"txid", key_b}};
  const json large{{"height", 5u}, {"amount", 2u}, {"txid", key_a}};
  const json first = normalizer.normalized(json{{"out", {late, early, large}}});
  EXPECT_EQ(first["out"][0]["txid"], "<hex64 1>");
  EXPECT_EQ(first["out"][1]["amount"], 2u);
  EXPECT_EQ(normalizer.normalized(json{{"out", {large, late, early}}}), first);
  EXPECT_NE(normalizer.normalized(json{{"in", {large, late, early}}})["in"], first["out"]);
}

TEST(DifferentialCompare, TellsEveryDifferenceWithItsPlace) {
  const json real{{"a", 1}, {"b", {1, 2}}, {"c", 3}};
  const json mock{{"a", 2}, {"b", {1, 3}}, {"d", 3}};
  EXPECT_THAT(differences(real, mock, {}),
              ElementsAre("a: real 1, mock 2", "b[1]: real 2, mock 3", "c: real 3, not in the mock",
                          "d: not in the real one, mock 3"));
  EXPECT_THAT(differences(real, real, {}), IsEmpty());
}

TEST(DifferentialCompare, AmountsMayDifferOnceChanceIsInThem) {
  const json real{{"fee", 100u}, {"height", 100u}};
  const json mock{{"fee", 104u}, {"height", 104u}};
  EXPECT_THAT(differences(real, mock, {}), SizeIs(2));
  EXPECT_THAT(differences(real, mock, {4}), ElementsAre("height: real 100, mock 104"));
  EXPECT_THAT(differences(real, mock, {3}), SizeIs(2));
}

TEST(DifferentialStep, IsWrittenAndReadBack) {
  Step open;
  open.at = 2;
  open.method = "open_wallet";
  open.params = {{"filename", "a_${run}"}};
  Step mine;
  mine.at = Step::daemon;
  mine.method = "generateblocks";
  Step copy;
  copy.copy_from = "a";
  copy.copy_to = "b";
  const Sequence sequence{open, mine, copy};
  EXPECT_EQ(read_sequence(json::parse(to_json(sequence).dump())), sequence);
  EXPECT_EQ(read_sequence(json::parse(R"([{"at": 0}])")), std::nullopt);
}

}  // namespace
}  // namespace escrowstorm::differential
