// Keys and values of a scenario as they stand in a sentence: what no words were made for is said
// as "key value", so that nothing which takes effect is left out.
#pragma once

#include <nlohmann/json_fwd.hpp>
#include <span>
#include <string>
#include <string_view>

namespace escrowstorm::sim {

std::string value_text(const nlohmann::ordered_json& value);

// "key value, key value" of those that are not in `worded`.
std::string other_keys(const nlohmann::ordered_json& section,
                       std::span<const std::string_view> worded);

}  // namespace escrowstorm::sim
