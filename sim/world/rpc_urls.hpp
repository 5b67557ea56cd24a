// Wallet RPCs as the command line names them. Pure.
#pragma once

#include <string>
#include <variant>
#include <vector>

#include "base/http/url.hpp"

namespace escrowstorm::sim {

// Different endpoints, in the order given; or what is wrong with them, as below.
std::variant<std::vector<http::Endpoint>, std::vector<std::string>> read_different_urls(
    const std::vector<std::string>& urls);

// Three or more different endpoints, in the order given; or what is wrong with them, a line each,
// without a login that a URL may hold.
std::variant<std::vector<http::Endpoint>, std::vector<std::string>> read_rpc_urls(
    const std::vector<std::string>& urls);

}  // namespace escrowstorm::sim
