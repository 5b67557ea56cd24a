// JSON read into a tree that remembers where each key and value stands, so that what is wrong with
// a value can be said with its place. Comments are allowed. Pure functions, any text, no throw.
#pragma once

#include <cstddef>
#include <cstdint>
#include <string>
#include <string_view>
#include <variant>
#include <vector>

namespace escrowstorm::sim {

// Where something stands. Lines and columns count from 1, columns in characters.
struct Place {
  std::uint32_t option = 0;  // 0: in the file; n: in the n-th override of the command line
  std::uint32_t line = 1;
  std::uint32_t column = 1;

  friend auto operator<=>(const Place&, const Place&) = default;
};

struct JsonMember;

struct JsonNode {
  using Array = std::vector<JsonNode>;
  using Object = std::vector<JsonMember>;  // in the order of the text, duplicates included

  // Whole numbers are std::uint64_t, negative ones std::int64_t, all others double.
  std::variant<std::nullptr_t, bool, std::int64_t, std::uint64_t, double, std::string, Array,
               Object>
      value;
  Place place;
};

struct JsonMember {
  std::string key;
  Place place;  // of the key
  JsonNode value;
};

// "a string", "a number", "a fraction", ...: what a value is, in words.
std::string_view kind_of(const JsonNode& node);

// Why a text is no JSON, in one clause.
struct JsonFault {
  Place place;
  std::string why;
};

inline constexpr std::size_t json_depth_max = 64;

// `option` goes into every place; of an option's value only that matters.
std::variant<JsonNode, JsonFault> parse_json(std::string_view text, std::uint32_t option = 0);

// A tree as the text of JSON, on one line.
std::string json_text(const JsonNode& node);

}  // namespace escrowstorm::sim
