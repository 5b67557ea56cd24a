// One step of a session that is played on two fleets: a call of an instance or of the daemon, or
// the copying of a wallet's files. Texts in parameters may name what both fleets have, each its
// own: ${run}, and ${N/key} for the value at that JSON pointer in the result of step N. Values.
#pragma once

#include <cstddef>
#include <functional>
#include <nlohmann/json.hpp>
#include <optional>
#include <string>
#include <string_view>
#include <vector>

namespace escrowstorm::differential {

struct Step {
  static constexpr int daemon = -1;

  int at = 0;          // an instance, or the daemon
  std::string method;  // of JSON-RPC; with a slash in front a path; empty: copy
  nlohmann::json params = nlohmann::json::object();
  std::string copy_from;  // wallet files to be copied, by name
  std::string copy_to;

  friend bool operator==(const Step&, const Step&) = default;
};

using Sequence = std::vector<Step>;

nlohmann::ordered_json to_json(const Sequence& sequence);

// What a kept file holds; nothing when it is no sequence.
std::optional<Sequence> read_sequence(const nlohmann::json& file);

// "open_wallet on instance 1 {...}", cut where it is long.
std::string in_words(const Step& step);

// Every ${name} in texts, at any depth, replaced by what `value_of` says.
using ValueOf = std::function<std::string(std::string_view name)>;
std::string fill_in_text(std::string_view text, const ValueOf& value_of);
nlohmann::json fill_in(const nlohmann::json& value, const ValueOf& value_of);

}  // namespace escrowstorm::differential
