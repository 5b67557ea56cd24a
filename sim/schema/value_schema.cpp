#include "sim/schema/value_schema.hpp"

#include <cassert>
#include <nlohmann/json.hpp>

namespace escrowstorm::sim {
namespace {

using Json = nlohmann::ordered_json;

Json text_schema(const ValueNote& note) {
  Json names = {{"type", "string"}, {"enum", note.names}};
  if (note.form.pattern.empty()) return note.names.empty() ? Json{{"type", "string"}} : names;
  Json formed = {{"type", "string"},
                 {"pattern", note.form.pattern},
                 {"patternErrorMessage", "expected " + note.form.expected}};
  return note.names.empty() ? formed : Json{{"anyOf", {names, formed}}};
}

}  // namespace

Json value_schema(const ValueNote& note) {
  if (note.kind == ValueNote::Kind::truth) return {{"type", "boolean"}};
  if (note.kind == ValueNote::Kind::text) return text_schema(note);
  assert(note.kind == ValueNote::Kind::whole);
  return {{"type", "integer"}, {"minimum", note.min}, {"maximum", note.max}};
}

Json list_schema(Json item, KeyNote::Lists lists) {
  if (lists == KeyNote::Lists::only) return {{"type", "array"}, {"items", std::move(item)}};
  const Json list = {{"type", "array"}, {"items", item}, {"minItems", 1}};
  return {{"anyOf", {std::move(item), list}}};
}

void add_default(const KeyNote& note, Json& schema) {
  if (const auto* truth = std::get_if<bool>(&note.when_absent)) schema["default"] = *truth;
  if (const auto* whole = std::get_if<std::uint64_t>(&note.when_absent)) schema["default"] = *whole;
  const auto* text = std::get_if<std::string>(&note.when_absent);
  if (text && !text->empty()) schema["default"] = *text;
}

}  // namespace escrowstorm::sim
