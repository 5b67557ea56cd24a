#include <gmock/gmock.h>
#include <gtest/gtest.h>

#include <filesystem>
#include <fstream>
#include <iterator>
#include <ostream>
#include <variant>

#include "sim/conformance/transcript.hpp"
#include "tests/support/mutation.hpp"

namespace escrowstorm::sim {
namespace {

namespace fs = std::filesystem;
using testing::ElementsAre;
using testing::HasSubstr;

// One step of each kind.
constexpr std::string_view good = R"({
  "name": "small", "about": "all kinds of steps", "recorded_from": "nothing", "instances": 2,
  "steps": [
    {"at": 0, "call": "create_wallet", "params": {"filename": "w_${run}", "n": [1, {"a": null}]},
     "expect": {"result": {}}, "recorded_ms": 12.5},
    {"at": 1, "call": "get_address", "params": {}, "note": "why",
     "expect": {"result": {"address": {"$address": {"finalized": true}}, "used": false}},
     "save": {"a": "address"}},
    {"at": 0, "call": "f", "params": {"x": "${a}"}, "expect": {"result": {
       "s": {"$string": {"prefix": "M", "min_length": 1, "hex": true}},
       "i": {"$integer": {"min": -1}}, "again": "${a}"}}, "save": {"b": "s"}},
    {"at": 1, "call": "open_wallet", "params": {"filename": "gone"},
     "expect": {"error": {"code": -1, "message": "no \"${wallet_dir}/gone.keys\""}}},
    {"daemon": "generateblocks", "params": {"wallet_address": "${a}", "amount_of_blocks": 3}},
    {"same": ["${a}", "${a}"]},
    {"differ": ["${a}", "${b}"]}
  ]})";

TranscriptErrors errors_of(std::string_view text) {
  auto read = read_transcript(text, "t.json");
  const auto* errors = std::get_if<TranscriptErrors>(&read);
  return errors ? *errors : TranscriptErrors();
}

// The errors of a transcript of two instances with these steps.
TranscriptErrors errors_of_steps(const std::string& steps) {
  return errors_of(R"({"name": "t", "instances": 2, "steps": [)" + steps + "]}");
}

std::string call_step(const std::string& more) {
  return R"({"at": 0, "call": "m", "params": {}, )" + more + "}";
}

TEST(Transcript, ReadsAllKindsOfSteps) {
  auto read = read_transcript(good, "t.json");
  ASSERT_TRUE(std::holds_alternative<Transcript>(read));
  const auto& t = std::get<Transcript>(read);
  EXPECT_EQ(t.name, "small");
  EXPECT_EQ(t.instances, 2u);
  ASSERT_EQ(t.steps.size(), 7u);
  const auto& address = std::get<CallStep>(t.steps[1]);
  EXPECT_EQ(address.at, 1u);
  EXPECT_EQ(address.method, "get_address");
  EXPECT_EQ(address.save.at("a"), "address");
  const auto& refused = std::get<CallStep>(t.steps[3]);
  ASSERT_TRUE(refused.error);
  EXPECT_EQ(refused.error->code, -1);
  EXPECT_FALSE(refused.result);
  EXPECT_EQ(std::get<DaemonStep>(t.steps[4]).method, "generateblocks");
  EXPECT_TRUE(std::get<CompareStep>(t.steps[5]).same);
  EXPECT_FALSE(std::get<CompareStep>(t.steps[6]).same);
}

TEST(Transcript, ReadsAllThatWereRecorded) {
  std::size_t files = 0;
  const fs::path folder = fs::path(ESCROWSTORM_SOURCE_DIR) / "tests/data/transcripts";
  for (const auto& entry : fs::recursive_directory_iterator(folder)) {
    if (entry.path().extension() != ".json") continue;
    std::ifstream in(entry.path());
    const std::string text(std::istreambuf_iterator<char>(in), {});
    EXPECT_THAT(errors_of(text), ElementsAre()) << entry.path();
    ++files;
  }
  EXPECT_EQ(files, 24u);
}

TEST(Transcript, ErrorsNameFileAndStep) {
  EXPECT_THAT(errors_of_steps(call_step(R"("expect": {"result": {}})") + "," +
                              call_step(R"("expect": {"result": {}}, "at2": 1)")),
              ElementsAre("t.json: step 2: unknown key \"at2\""));
}

TEST(Transcript, TellsAllErrorsAtOnce) {
  EXPECT_THAT(errors_of(R"({"name": 5, "instances": -3, "steps": [7, {"same": ["x"]}], "x": 1})"),
              ElementsAre("t.json: unknown key \"x\"", "t.json: \"name\" must be a text",
                          "t.json: \"instances\" must be an integer from 1 to 100",
                          "t.json: step 1: must be an object",
                          "t.json: step 2: \"same\" must be an array of two or more texts"));
}

struct BadStep {
  std::string step;
  std::string error;
};

void PrintTo(const BadStep& bad, std::ostream* out) { *out << bad.step; }

class BadSteps : public testing::TestWithParam<BadStep> {};

TEST_P(BadSteps, AreRefused) {
  EXPECT_THAT(errors_of_steps(GetParam().step), ElementsAre(HasSubstr(GetParam().error)));
}

INSTANTIATE_TEST_SUITE_P(
    Transcript, BadSteps,
    testing::Values(
        BadStep{R"({"at": 2, "call": "m", "params": {}, "expect": {"result": {}}})", "from 0 to 1"},
        BadStep{R"({"at": 0, "params": {}, "expect": {"result": {}}})", "\"call\" is missing"},
        BadStep{R"({"at": 0, "call": "m", "params": {}})", "\"expect\" is missing"},
        BadStep{call_step(R"("expect": {})"), "either \"error\" or \"result\""},
        BadStep{call_step(R"("expect": {"error": {"code": 1.5, "message": ""}})"), "\"code\""},
        BadStep{call_step(R"("expect": {"error": {"code": 99999999999, "message": ""}})"),
                "\"code\""},
        BadStep{call_step(R"("expect": {"error": {"code": -1}})"), "\"message\" is missing"},
        BadStep{call_step(R"("expect": {"result": {"a": {"$strin": {}}}})"), "no matcher"},
        BadStep{call_step(R"("expect": {"result": {"a": {"$string": {"length": "9"}}}})"),
                "$string has no \"length\""},
        BadStep{call_step(R"("expect": {"result": {"a": {"$integer": {}, "b": 1}}})"),
                "must stand alone"},
        BadStep{call_step(R"("expect": {"result": {"a": "${b}"}})"), "${b} is saved by no earlier"},
        BadStep{call_step(R"("expect": {"error": {"code": 1, "message": "${b}"}})"),
                "${b} is saved by no earlier"},
        BadStep{call_step(R"("expect": {"error": {"code": 1, "message": ""}}, "save": {"a": "b"})"),
                "needs an expected result"},
        BadStep{call_step(R"("expect": {"result": {}}, "save": {"a-b": "c"})"),
                "must name variables"},
        BadStep{call_step(R"("expect": {"result": {}}, "save": {"run": "c"})"), "it is given"},
        BadStep{R"({"daemon": 5})", "\"daemon\" must be a text"},
        BadStep{R"({"same": ["${x}", "y"]})", "${x} is saved by no earlier step"}));

TEST(Transcript, WhatIsNoJsonOrTooDeepIsAnError) {
  EXPECT_THAT(errors_of("{"), ElementsAre(HasSubstr("t.json: is no JSON")));
  EXPECT_THAT(errors_of("[]"), ElementsAre(HasSubstr("array where an object was expected")));
  const std::string deep(100000, '[');
  EXPECT_THAT(errors_of(deep), ElementsAre(HasSubstr("t.json: ")));
  EXPECT_THAT(errors_of(deep + std::string(100000, ']')),
              ElementsAre(HasSubstr("nested too deep")));
}

TEST(Transcript, OneThatHoldsNothingIsAnError) {
  EXPECT_THAT(errors_of(R"({"name": "t", "instances": 1, "steps": []})"),
              ElementsAre("t.json: \"steps\" must be an array of at least one step"));
  EXPECT_THAT(errors_of(R"({"name": "t", "instances": 0, "steps": [{"same": ["x", "x"]}]})"),
              ElementsAre(HasSubstr("must be an integer from 1 to 100")));
}

TEST(Transcript, AKeyTwiceInOneObjectIsAnError) {
  EXPECT_THAT(errors_of_steps(call_step(R"("at": 1, "expect": {"result": {}})")),
              ElementsAre("t.json: has \"at\" twice in one object"));
  EXPECT_THAT(errors_of_steps(call_step(R"("expect": {"result": {"a": 1, "b": [{}], "a": 2}})")),
              ElementsAre("t.json: has \"a\" twice in one object"));
  EXPECT_THAT(errors_of_steps(call_step(R"("expect": {"result": {"a": [{"a": 1}, {"a": 1}]}})")),
              ElementsAre());
}

TEST(Transcript, SurvivesMutations) {
  const std::vector<std::string> corpus{std::string(good),
                                        call_step(R"("expect": {"result": {}})")};
  constexpr std::string_view tokens[] = {"{", "}", "[", "]", ",", "\"", "${", "${a}", "-1", "null"};
  test::Mutator mutator(corpus, tokens, 1);
  std::size_t refused = 0;
  for (int i = 0; i < 20000; ++i) {
    for (const std::string& error : errors_of(mutator.next())) {
      ASSERT_TRUE(error.starts_with("t.json: ")) << error;
      ++refused;
    }
  }
  EXPECT_GT(refused, 10000u);
}

}  // namespace
}  // namespace escrowstorm::sim
