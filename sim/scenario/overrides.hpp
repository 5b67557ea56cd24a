// Values that the command line puts into a scenario before it is checked: --set PATH=VALUE, and
// --world, --seed, --escrows, which are short for it.
#pragma once

#include <span>
#include <string>
#include <string_view>
#include <variant>
#include <vector>

#include "sim/scenario/findings.hpp"
#include "sim/scenario/json_tree.hpp"

namespace escrowstorm::sim {

struct Override {
  std::string option;  // as typed, to name it in messages: "--set fleet.cores=4"
  std::string path;    // "fleet.cores"
  std::string value;   // JSON; what is no JSON is a string

  // From PATH=VALUE. The error is one clause: "has no '='".
  static std::variant<Override, std::string> parse(std::string_view text);
};

// Whether `path` could be one: keys with dots between them.
bool is_key_path(std::string_view path);

// Puts `value` where `path` says, making the sections on the way, which stand where it stands.
void put(std::string_view path, JsonNode value, JsonNode& root, Findings& findings);

// Puts the n-th value where its path says, making the sections on the way. Unknown paths are found
// when the tree is read.
void apply(std::span<const Override> overrides, JsonNode& root, Findings& findings);

}  // namespace escrowstorm::sim
