#include "sim/scenario/overrides.hpp"

#include <algorithm>

#include "sim/report/wording.hpp"

namespace escrowstorm::sim {
namespace {

void mark(JsonNode& node, const Place& place) {
  node.place = place;
  if (auto* items = std::get_if<JsonNode::Array>(&node.value))
    for (JsonNode& item : *items) mark(item, place);
  if (auto* members = std::get_if<JsonNode::Object>(&node.value)) {
    for (JsonMember& member : *members) {
      member.place = place;
      mark(member.value, place);
    }
  }
}

JsonNode value_of(const Override& override, const Place& place) {
  auto parsed = parse_json(override.value);
  JsonNode node;
  if (auto* json = std::get_if<JsonNode>(&parsed)) {
    node = std::move(*json);
  } else {
    node.value = override.value;
  }
  mark(node, place);
  return node;
}

JsonNode& member_of(JsonNode::Object& members, std::string_view key, const Place& place) {
  const auto at = std::find_if(members.begin(), members.end(),
                               [&](const JsonMember& member) { return member.key == key; });
  if (at != members.end()) return at->value;
  JsonNode section{JsonNode::Object(), place};
  members.push_back(JsonMember{std::string(key), place, std::move(section)});
  return members.back().value;
}

}  // namespace

bool is_key_path(std::string_view path) {
  const bool gap =
      path.empty() || path.front() == '.' || path.back() == '.' || path.find("..") != path.npos;
  return !gap &&
         static_cast<std::size_t>(std::count(path.begin(), path.end(), '.')) < json_depth_max;
}

void put(std::string_view path, JsonNode value, JsonNode& root, Findings& findings) {
  const Place place = value.place;
  JsonNode* node = &root;
  std::string_view rest = path;
  for (;;) {
    auto* members = std::get_if<JsonNode::Object>(&node->value);
    if (!members) {
      const auto done = path.size() - rest.size();
      const std::string_view section = path.substr(0, done == 0 ? 0 : done - 1);
      findings.add(place, section, "is no section, so it has no key " + in_quotes(rest));
      return;
    }
    const auto dot = rest.find('.');
    node = &member_of(*members, rest.substr(0, dot), place);
    if (dot == rest.npos) break;
    rest.remove_prefix(dot + 1);
  }
  *node = std::move(value);
}

std::variant<Override, std::string> Override::parse(std::string_view text) {
  const auto equals = text.find('=');
  if (equals == text.npos) return std::string("has no '=' (expected PATH=VALUE)");
  const std::string_view path = text.substr(0, equals);
  if (!is_key_path(path))
    return std::string("has no such path before '=' (expected one such as fleet.instances)");
  return Override{"--set " + std::string(text), std::string(path),
                  std::string(text.substr(equals + 1))};
}

void apply(std::span<const Override> overrides, JsonNode& root, Findings& findings) {
  // Without a section at the root there is nothing to put values into; reading it says so.
  if (!std::holds_alternative<JsonNode::Object>(root.value)) return;
  for (std::size_t i = 0; i < overrides.size(); ++i) {
    Place place;
    place.option = static_cast<std::uint32_t>(i + 1);
    put(overrides[i].path, value_of(overrides[i], place), root, findings);
  }
}

}  // namespace escrowstorm::sim
