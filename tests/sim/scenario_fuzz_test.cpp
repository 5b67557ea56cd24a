// Damaged scenarios and overrides: whatever the bytes, an answer, and every error on one line.
#include <gtest/gtest.h>

#include <array>
#include <nlohmann/json.hpp>
#include <variant>

#include "sim/scenario/reader.hpp"
#include "sim/scenario/writer.hpp"
#include "tests/support/mutation.hpp"

namespace escrowstorm::sim {
namespace {

using namespace std::string_view_literals;

constexpr std::array tokens{
    "\"250ms\""sv, "\"5%\""sv, "\"fault\""sv, "\"every\":"sv, "[]"sv,   "{}"sv,  "{"sv,  "}"sv,
    "["sv,         "]"sv,      "\""sv,        "\\"sv,         ":"sv,    ","sv,   "//"sv, "/*"sv,
    "-"sv,         "1e9"sv,    "null"sv,      "\n"sv,         "\xff"sv, "\x1b"sv};
const std::array<std::string, 6> scenarios{
    R"({"name": "first", "about": "ten", "world": "mock", "seed": 7,
        "fleet": {"instances": 30, "latency": "none", "cores": 8, "emulate": "0.18.5.1"},
        "coordinator": {"slots": "exclusive_lease", "verify_wallet": true},
        "storm": {"escrows": 10, "concurrency": 10},
        "thresholds": ["escrows.failed == 0", "setup_ms.p99 < 60s", "rpc.store.errors <= 1%",
                       "escrows.failed / escrows.started < 1% from 2m until 5m",
                       "rpc.store.p99 < 2s role buyer phase make"],
        "expect": {"exit": 0, "metrics": ["escrows.ready <= 1"],
                   "errors": [{"code": -28, "message": "already"}]}})",
    R"({"name": "b", "schedule": "starve", "schedule_choices": 120,
        "coordinator": {"call_deadline": "60s", "publish_after": "make"},
        "calm": {"at": "2m", "within": "1.5h"},
        "faults": [{"fault": "slow_reply", "delay": "2s", "method": ["open_wallet", "store"],
                    "role": "buyer", "escrow": [0, 1], "instance": 2, "nth": 3, "from": "1s",
                    "until": "5s", "probability": "0.1%", "at_most": 3},
                   {"fault": "wallet_crash", "restart_after": "2s", "every": "10s"},
                   {"fault": "rpc_error", "code": -1, "message": "no"},
                   {"fault": "slot_theft", "wallet": "w", "delay": "0ms"}]})",
    R"({"name": "c", "fleet": {"latency": "none"}, "swarm": {
        "faults": [{"fault": "coordinator_crash", "when": "after", "probability": "1%"}],
        "policies": {"storm.escrows": [2, 5], "schedule": ["fifo", "random"],
                     "coordinator": [{"verify_wallet": true}], "storm": [{}]}}})",
    "// c\n{\"name\": \"\\u00e9\\n\", /* x */ \"seed\": -1e3}",
    "[[[{\"a\": [1, 2.5, null, true, \"\xc3\xa9\"]}]]]",
    "\xef\xbb\xbf{\"name\": \"a\"}",
};

bool same_when_read_again(const Scenario& scenario) {
  const auto read = parse_scenario(scenario_json(scenario).dump(), "/elsewhere/y.json");
  const auto* again = std::get_if<Scenario>(&read);
  return again && *again == scenario;
}

// False when an error is not one line of text, or when what was read can't be written.
bool well_said(const ScenarioOrErrors& read) {
  const auto* errors = std::get_if<std::vector<std::string>>(&read);
  if (!errors) return same_when_read_again(std::get<Scenario>(read));
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
  const std::array<std::string, 6> sets{"faults=[{\"fault\":\"lost_reply\",\"nth\":1}]",
                                        "swarm={\"policies\":{\"about\":[\"x\",\"y\"]}}",
                                        "fleet.instances=9",
                                        "thresholds=[\"escrows.failed == 0\"]",
                                        "expect.errors=[{\"code\":-1}]",
                                        "name=x"};
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
