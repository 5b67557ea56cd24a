// JSON from outside that everything may be done to: at most 32 deep, since what compares and prints
// it recurses, and no key twice in one object, since then readers disagree on what it says. Pure.
#pragma once

#include <nlohmann/json_fwd.hpp>
#include <string>
#include <string_view>
#include <variant>

namespace escrowstorm::sim {

// The error is one clause, to be put behind a name: "is nested too deep".
std::variant<nlohmann::json, std::string> parse_bounded_json(std::string_view text);

}  // namespace escrowstorm::sim
