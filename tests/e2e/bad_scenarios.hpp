// Scenario files that nothing may start with.
#pragma once

#include <ostream>
#include <string>
#include <vector>

namespace escrowstorm::e2e {

struct BadScenario {
  std::string name;
  std::string text;
  std::string complaint;  // its place and what was expected
  int lines = 1;
};

inline void PrintTo(const BadScenario& scenario, std::ostream* out) { *out << scenario.name; }

inline std::vector<BadScenario> bad_scenarios() {
  return {
      {"no_json", R"({"name": "x",)", "x.json:1:14"},
      {"empty", "", "x.json:1:1"},
      {"unknown_key", R"({"name": "x", "flet": {}})", "flet: unknown key"},
      {"wrong_type", R"({"name": "x", "storm": {"escrows": "ten"}})", "storm.escrows: expected"},
      {"negative", R"({"name": "x", "storm": {"escrows": -1}})", "found -1"},
      {"two_instances", R"({"name": "x", "fleet": {"instances": 2}})",
       "fleet.instances: expected at least 3"},
      {"all_at_once",
       "{\"name\": 5,\n \"fleet\": {\"instances\": 2, \"x\": 1},\n"
       " \"storm\": {\"escrows\": 1.5}}",
       "x.json:3:", 4}};
}

}  // namespace escrowstorm::e2e
