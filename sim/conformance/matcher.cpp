#include "sim/conformance/matcher.hpp"

#include <algorithm>
#include <cstdint>
#include <nlohmann/json.hpp>
#include <optional>

#include "sim/conformance/address.hpp"

namespace escrowstorm::sim {
namespace {

using nlohmann::json;

constexpr std::size_t shown_chars_max = 160;

// {"$name": arguments}: nothing when `expected` is no matcher.
struct Matcher {
  std::string name;
  const json& arguments;
};

std::optional<Matcher> as_matcher(const json& expected) {
  if (!expected.is_object() || expected.size() != 1) return std::nullopt;
  const auto only = expected.begin();
  if (!only.key().starts_with('$')) return std::nullopt;
  return Matcher{only.key(), only.value()};
}

struct Argument {
  std::string_view name;
  bool (*right_type)(const json&);
};

bool is_text(const json& value) { return value.is_string(); }
bool is_count(const json& value) { return value.is_number_unsigned(); }
bool is_integer(const json& value) { return value.is_number_integer(); }
bool is_flag(const json& value) { return value.is_boolean(); }

struct MatcherKind {
  std::string_view name;
  std::vector<Argument> arguments;
  // Why `actual` does not match, nothing when it does.
  std::optional<std::string> (*mismatch)(const json& arguments, const json& actual);
};

std::optional<std::string> string_mismatch(const json& arguments, const json& actual) {
  const auto* text = actual.get_ptr<const std::string*>();
  if (!text) return "is no text";
  const auto prefix = arguments.find("prefix");
  if (prefix != arguments.end() && !text->starts_with(prefix->get_ref<const std::string&>())) {
    return "begins otherwise";
  }
  const std::string size = "has " + std::to_string(text->size()) + " characters";
  if (arguments.contains("length") && arguments["length"] != text->size()) return size;
  if (arguments.contains("min_length") && arguments["min_length"] > text->size()) return size;
  const auto is_hex = [](char c) { return (c >= '0' && c <= '9') || (c >= 'a' && c <= 'f'); };
  if (arguments.value("hex", false) && !std::ranges::all_of(*text, is_hex)) return "is no hex";
  return std::nullopt;
}

std::optional<std::string> integer_mismatch(const json& arguments, const json& actual) {
  if (!actual.is_number_integer()) return "is no integer";
  if (arguments.contains("min") && actual < arguments["min"]) return "is less";
  return std::nullopt;
}

std::optional<std::string> address_mismatch(const json& arguments, const json& actual) {
  const auto* text = actual.get_ptr<const std::string*>();
  if (!text) return "is no text";
  const auto finalized = has_real_spend_key(*text);
  if (!finalized) return "is no address";
  if (arguments.contains("finalized") && arguments["finalized"] != *finalized) {
    return *finalized ? "has a real spend key" : "has the identity point as its spend key";
  }
  return std::nullopt;
}

const MatcherKind* find_kind(std::string_view name) {
  static const std::vector<MatcherKind> kinds{
      {"$string",
       {{"prefix", is_text}, {"length", is_count}, {"min_length", is_count}, {"hex", is_flag}},
       string_mismatch},
      {"$integer", {{"min", is_integer}}, integer_mismatch},
      {"$address", {{"finalized", is_flag}}, address_mismatch}};
  const auto found = std::ranges::find(kinds, name, &MatcherKind::name);
  return found == kinds.end() ? nullptr : &*found;
}

void check_matcher(const Matcher& matcher, std::vector<std::string>& errors) {
  const MatcherKind* kind = find_kind(matcher.name);
  if (!kind) {
    errors.push_back("no matcher \"" + matcher.name + "\" ($string, $integer or $address)");
    return;
  }
  if (!matcher.arguments.is_object()) {
    errors.push_back("the arguments of " + matcher.name + " must be an object");
    return;
  }
  for (const auto& [key, value] : matcher.arguments.items()) {
    const auto argument = std::ranges::find(kind->arguments, key, &Argument::name);
    if (argument == kind->arguments.end() || !argument->right_type(value)) {
      errors.push_back(matcher.name + " has no \"" + key + "\" of the type of " + shortened(value));
    }
  }
}

void check_expected(const json& expected, std::vector<std::string>& errors) {
  if (const auto matcher = as_matcher(expected)) return check_matcher(*matcher, errors);
  if (!expected.is_structured()) return;
  for (const auto& [key, value] : expected.items()) {
    if (expected.is_object() && key.starts_with('$')) {
      errors.push_back("\"" + key + "\" must stand alone in its object");
    }
    check_expected(value, errors);
  }
}

void compare(const std::string& place, const json& expected, const json& actual,
             std::vector<std::string>& found);

void compare_objects(const std::string& place, const json& expected, const json& actual,
                     std::vector<std::string>& found) {
  for (const auto& [key, value] : expected.items()) {
    const std::string at = place.empty() ? key : place + "." + key;
    if (const auto there = actual.find(key); there != actual.end()) {
      compare(at, value, *there, found);
    } else {
      found.push_back(at + ": expected " + shortened(value) + ", is missing");
    }
  }
}

void compare(const std::string& place, const json& expected, const json& actual,
             std::vector<std::string>& found) {
  const auto matcher = as_matcher(expected);
  std::string why;
  if (matcher) {
    const auto mismatch = find_kind(matcher->name)->mismatch(matcher->arguments, actual);
    if (!mismatch) return;
    why = ", which " + *mismatch;
  } else if (expected.is_object() && actual.is_object()) {
    return compare_objects(place, expected, actual, found);
  } else if (expected.is_array() && actual.is_array() && expected.size() == actual.size()) {
    for (std::size_t i = 0; i < expected.size(); ++i) {
      compare(place + "[" + std::to_string(i) + "]", expected[i], actual[i], found);
    }
    return;
  } else if (expected == actual) {
    return;
  }
  const std::string at = place.empty() ? "" : place + ": ";
  found.push_back(at + "expected " + shortened(expected) + ", came " + shortened(actual) + why);
}

}  // namespace

std::vector<std::string> matcher_errors(const json& expected) {
  std::vector<std::string> errors;
  check_expected(expected, errors);
  return errors;
}

std::vector<std::string> differences(const json& expected, const json& actual) {
  std::vector<std::string> found;
  compare("", expected, actual, found);
  return found;
}

std::string shortened(const json& value) {
  std::string text = value.dump(-1, ' ', false, json::error_handler_t::replace);
  if (text.size() <= shown_chars_max) return text;
  std::size_t cut = shown_chars_max;
  while (cut > 0 && (static_cast<unsigned char>(text[cut]) & 0xC0) == 0x80) --cut;  // not mid-UTF-8
  return text.substr(0, cut) + "...";
}

}  // namespace escrowstorm::sim
