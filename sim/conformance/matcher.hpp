// What a transcript expects of a result: literals, and matchers for what differs from run to run.
//   {"$string": {"prefix": P, "length": N | "min_length": N, "hex": true}}
//   {"$integer": {"min": N}}
//   {"$address": {"finalized": true | false}}
// An expected object asks for its keys and lets others be; an array asks for the same length.
#pragma once

#include <nlohmann/json_fwd.hpp>
#include <string>
#include <vector>

namespace escrowstorm::sim {

// What is wrong with the matchers in `expected`, each with its place; none when they can be used.
std::vector<std::string> matcher_errors(const nlohmann::json& expected);

// Where `actual` is not as expected, a clause each: "address: expected ..., came ...". REQUIRES:
// matcher_errors(expected) is empty.
std::vector<std::string> differences(const nlohmann::json& expected, const nlohmann::json& actual);

// JSON in one line, cut where it would be longer than people read.
std::string shortened(const nlohmann::json& value);

}  // namespace escrowstorm::sim
