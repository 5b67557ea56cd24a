// What browsers are told of where they may ask from.
#pragma once

#include <string>
#include <vector>

namespace escrowstorm::http {

// Header lines, each with its line break; none for an origin that is not among them. "*": any.
std::string origin_lines(const std::vector<std::string>& allowed, const std::string& origin,
                         bool to_options);

}  // namespace escrowstorm::http
