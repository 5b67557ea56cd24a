// Damaged scenarios and overrides: whatever the bytes, an answer, and every error on one line.
#include <gtest/gtest.h>

#include <array>

#include "sim/scenario/reader.hpp"
#include "tests/support/mutation.hpp"

namespace escrowstorm::sim {
namespace {

using namespace std::string_view_literals;

constexpr std::array tokens{"{"sv,  "}"sv,  "["sv, "]"sv,   "\""sv,   "\\"sv, ":"sv,    ","sv,
                            "//"sv, "/*"sv, "-"sv, "1e9"sv, "null"sv, "\n"sv, "\xff"sv, "\x1b"sv};
const std::array<std::string, 4> scenarios{
    R"({"name": "first", "about": "ten", "world": "mock", "seed": 7,
        "fleet": {"instances": 30, "latency": "none", "cores": 8, "emulate": "0.18.5.1"},
        "coordinator": {"slots": "exclusive_lease", "verify_wallet": true},
        "storm": {"escrows": 10, "concurrency": 10},
        "thresholds": ["escrows.failed == 0", "setup_ms.p99 < 60s", "rpc.store.errors <= 1%"],
        "expect": {"exit": 0, "metrics": ["escrows.ready <= 1"],
                   "errors": [{"code": -28, "message": "already"}]}})",
    "// c\n{\"name\": \"\\u00e9\\n\", /* x */ \"seed\": -1e3}",
    "[[[{\"a\": [1, 2.5, null, true, \"\xc3\xa9\"]}]]]",
    "\xef\xbb\xbf{\"name\": \"a\"}",
};

// False when an error is not one line of text.
bool well_said(const ScenarioOrErrors& read) {
  const auto* errors = std::get_if<std::vector<std::string>>(&read);
  if (!errors) return true;
  for (const std::string& error : *errors)
    if (error.find_first_of("\n\r\x1b") != error.npos) return false;
  return !errors->empty();
}

TEST(ScenarioFuzz, AnyTextIsAnswered) {
  test::Mutator mutator(scenarios, tokens, 1);
  for (int i = 0; i < 20'000; ++i) {
    const std::string text = mutator.next();
    ASSERT_TRUE(well_said(parse_scenario(text, "x.json"))) << text;
  }
}

TEST(ScenarioFuzz, AnyOverrideIsAnswered) {
  const std::array<std::string, 4> sets{"fleet.instances=9", "thresholds=[\"escrows.failed == 0\"]",
                                        "expect.errors=[{\"code\":-1}]", "name=x"};
  test::Mutator mutator(sets, tokens, 2);
  for (int i = 0; i < 20'000; ++i) {
    const std::string set = mutator.next();
    auto parsed = Override::parse(set);
    if (const auto* override = std::get_if<Override>(&parsed)) {
      ASSERT_TRUE(well_said(parse_scenario(scenarios[0], "x.json", {override, 1}))) << set;
    }
  }
}

}  // namespace
}  // namespace escrowstorm::sim
