// What mock-wallet-rpc says about its ports.
#pragma once

#include <string>
#include <system_error>
#include <vector>

#include "base/http/url.hpp"

namespace escrowstorm::mockrpc {

// "127.0.0.1:18083-18085", "[::1]:40001,40007". REQUIRES: all on one host, at least one.
std::string describe(const std::vector<http::Endpoint>& endpoints);

// What to do when a port can't be listened on.
std::string remedy_for(const std::error_code& error);

}  // namespace escrowstorm::mockrpc
