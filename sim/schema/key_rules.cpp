#include "sim/schema/key_rules.hpp"

#include <nlohmann/json.hpp>

namespace escrowstorm::sim {
namespace {

using Json = nlohmann::ordered_json;

// None of the keys may be there. Said of each, so that an editor marks the key and not the section.
Json without(const std::vector<std::string>& keys) {
  Json out;
  for (const std::string& key : keys) out["properties"][key] = false;
  return out;
}

Json each_required(const std::vector<std::string>& keys) {
  Json out = Json::array();
  for (const std::string& key : keys) out.push_back({{"required", Json::array({key})}});
  return out;
}

Json rule_schema(const KeyRule& rule) {
  Json then = rule.count == KeyRule::Count::none ? without(rule.keys)
              : rule.keys.size() == 1            ? each_required(rule.keys).front()
                                                 : Json{{"oneOf", each_required(rule.keys)}};
  return {{"if", name_condition(rule.decider, rule.names, rule.or_absent)},
          {"then", std::move(then)}};
}

}  // namespace

Json name_condition(const std::string& path, const std::vector<std::string>& names,
                    bool or_absent) {
  const auto dot = path.find('.');
  const std::string key = path.substr(0, dot);
  Json out;
  out["properties"][key] = dot == path.npos
                               ? Json{{"enum", names}}
                               : name_condition(path.substr(dot + 1), names, or_absent);
  if (!or_absent) out["required"] = Json::array({key});
  return out;
}

void add_rules(const SectionNote& note, Json& section) {
  for (const KeyRule& rule : note.rules) section["allOf"].push_back(rule_schema(rule));
  for (const KeyNote& key : note.keys) {
    for (const std::string& other : key.not_beside)
      section["dependencies"][other]["properties"][key.key] = false;
    if (!key.only_beside.empty())
      section["allOf"].push_back(
          {{"if", {{"anyOf", each_required(key.only_beside)}}}, {"else", without({key.key})}});
  }
}

}  // namespace escrowstorm::sim
