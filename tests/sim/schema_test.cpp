// The schema's keys and what the docs say about them: each has its words there, and none is there
// that no scenario has. Whether it agrees with the reader: tests/scenario_schema.
#include <gmock/gmock.h>
#include <gtest/gtest.h>

#include <functional>
#include <nlohmann/json.hpp>
#include <set>
#include <sstream>
#include <variant>

#include "sim/cli/command_line.hpp"
#include "sim/schema/json_schema.hpp"
#include "sim/schema/key_docs.hpp"

namespace escrowstorm::sim {
namespace {

using Json = nlohmann::ordered_json;
using testing::HasSubstr;

class Schema : public testing::Test {
 protected:
  // What stands behind a reference.
  const Json& meant(const Json& node) const {
    if (!node.contains("$ref")) return node;
    std::string pointer = node["$ref"];
    return schema_.at(Json::json_pointer(pointer.substr(1)));
  }

  // Calls `each` with every key of every section, its path as the docs have it, and its schema.
  void walk(const Json& node, const std::string& path,
            const std::function<void(const std::string&, const Json&)>& each) const {
    const Json& section = meant(node);
    if (section.contains("maxItems")) return;  // values for a path
    const Json properties = section.value("properties", Json::object());
    for (const auto& [key, below] : properties.items()) {
      const std::string at = path.empty() ? key : path + "." + key;
      if (path == "swarm.policies" || at == "swarm.faults") continue;
      if (!meant(below).contains("const")) each(at, meant(below));
      walk(below, at, each);
      const Json items = meant(below).value("items", Json::object());
      walk(items, at, each);
      for (const Json& form : items.value("anyOf", Json::array())) walk(form, at, each);
    }
    for (const Json& variant : section.value("allOf", Json::array()))
      if (variant.contains("then") && variant["then"].contains("$ref"))
        walk(variant["then"], path, each);
  }

  Json schema_ = scenario_schema();
  KeyDocs docs_ = key_docs_in(docs_of_keys());
};

TEST_F(Schema, EveryKeyHasItsWordsInTheDocsAndTheDocsKnowNoOther) {
  std::set<std::string> described{"swarm.faults", "swarm.policies"};
  walk(schema_, "", [&](const std::string& path, const Json& key) {
    const bool is_section = key.contains("properties") && !docs_.contains(path);
    if (is_section) return;  // its keys are said one by one
    EXPECT_TRUE(docs_.contains(path)) << path << " is in no table of docs/";
    EXPECT_FALSE(key.value("description", "").empty()) << path;
    described.insert(path);
  });
  for (const auto& [path, doc] : docs_)
    EXPECT_TRUE(described.contains(path)) << path << " is in a table of docs/, and no key";
}

TEST_F(Schema, TheDefaultsOfTheDocsAreThoseOfTheReader) {
  int compared = 0;
  walk(schema_, "", [&](const std::string& path, const Json& key) {
    const auto doc = docs_.find(path);
    if (!key.contains("default") || doc == docs_.end() || doc->second.when_absent.empty()) return;
    const Json& value = key["default"];
    const std::string text = value.is_string() ? value.get<std::string>() : value.dump();
    EXPECT_TRUE(doc->second.when_absent.starts_with(text))
        << path << ": the docs say " << doc->second.when_absent << ", the reader " << text;
    ++compared;
  });
  EXPECT_GT(compared, 40);
}

TEST_F(Schema, EachFaultHasItsOwnKeys) {
  const Json& reset = schema_["definitions"]["faults_connection_reset"];
  EXPECT_FALSE(reset["properties"].contains("restart_after"));
  EXPECT_EQ(meant(reset["properties"]["when"])["enum"], Json({"before", "during", "after"}));
  EXPECT_FALSE(schema_["definitions"]["faults_database_error"]["properties"].contains("role"));
  EXPECT_EQ(schema_["definitions"]["faults_slow_reply"]["required"], Json({"fault", "delay"}));
}

TEST(KeyDocs, AreTheTablesOfKeys) {
  constexpr std::string_view markdown[] = {
      "# x\n| key | default | meaning |\n|---|---|---|\n| `a.b` | `1s`, or | so, [c.md](c.md), see "
      "below |\n"
      "\n| other | x |\n|---|---|\n| `no` | x |\n\n"
      "| key of a trigger | calls |\n|---|---|\n| `nth`, `first` | these |"};
  const KeyDocs docs = key_docs_in(markdown);
  ASSERT_EQ(docs.size(), 3u);
  EXPECT_EQ(docs.at("a.b").meaning, "so, c.md");
  EXPECT_EQ(docs.at("a.b").when_absent, "1s, or");
  EXPECT_EQ(docs.at("faults.nth").meaning, "these");
  EXPECT_EQ(docs.at("faults.first").meaning, "these");
}

TEST(SchemaCommand, PrintsItAndTakesNothingElse) {
  EXPECT_TRUE(std::holds_alternative<SchemaCommand>(read_command_line({"schema"})));
  std::ostringstream out;
  run_schema(out);
  EXPECT_EQ(Json::parse(out.str()), scenario_schema());
  const auto wrong = std::get<Answered>(read_command_line({"schema", "x.json"}));
  EXPECT_TRUE(wrong.is_error);
  EXPECT_THAT(std::get<Answered>(read_command_line({"schema", "--help"})).text,
              HasSubstr("scenario.schema.json"));
}

}  // namespace
}  // namespace escrowstorm::sim
