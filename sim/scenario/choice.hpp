// Reading a key whose value is one of some names.
#pragma once

#include <algorithm>
#include <optional>
#include <span>
#include <string>
#include <string_view>
#include <vector>

#include "sim/report/wording.hpp"
#include "sim/scenario/section_reader.hpp"

namespace escrowstorm::sim {

// "no such world: "mok", did you mean "mock"?"
inline std::string no_such(std::string_view what, std::string_view value,
                           std::span<const std::string_view> known) {
  return "no such " + std::string(what) + ": " + in_quotes(value) + ", " +
         did_you_mean(value, known);
}

// The value must be one of `known`. REQUIRES: `key` was read into `value`.
inline void check_name(SectionReader& section, std::string_view key, const std::string& value,
                       std::string_view what, std::span<const std::string_view> known) {
  section.note_names(key, known);
  if (std::find(known.begin(), known.end(), value) == known.end())
    section.complain(key, no_such(what, value, known));
}

// The names of a table's rows.
template <class Table>
std::vector<std::string_view> names_in(const Table& table) {
  std::vector<std::string_view> names;
  for (const auto& member : table) names.push_back(member.name);
  return names;
}

// The names of an enumeration's values.
template <class Values>
std::vector<std::string_view> names_of(const Values& values) {
  std::vector<std::string_view> names;
  for (const auto value : values) names.push_back(name_of(value));
  return names;
}

template <class Values>
auto value_named(std::string_view name, const Values& values) {
  using Value = typename Values::value_type;
  const auto at = std::find_if(values.begin(), values.end(),
                               [&](Value value) { return name_of(value) == name; });
  return at == values.end() ? std::nullopt : std::optional<Value>(*at);
}

template <class Values>
void read_choice(SectionReader& section, std::string_view key, std::string_view what,
                 const Values& values, typename Values::value_type& out) {
  std::string name(name_of(out));
  section.read(key, name);
  section.note_names(key, names_of(values));
  if (const auto value = value_named(name, values)) {
    out = *value;
  } else {
    section.complain(key, no_such(what, name, names_of(values)));
  }
}

}  // namespace escrowstorm::sim
