// What mock-wallet-rpc says about its ports.
#pragma once

#include <string>
#include <string_view>
#include <system_error>
#include <vector>

#include "base/http/url.hpp"

namespace escrowstorm::mockrpc {

// "127.0.0.1:18083-18085", "[::1]:40001,40007". REQUIRES: all on one host, at least one.
std::string describe(const std::vector<http::Endpoint>& endpoints);

// The flag that chooses a port, for the remedy.
inline constexpr std::string_view instance_port_flag = "--rpc-bind-port";
inline constexpr std::string_view daemon_port_flag = "--daemon-rpc-port";

// What to do when a port can't be listened on that this flag chose.
std::string remedy_for(const std::error_code& error, std::string_view flag = instance_port_flag);

}  // namespace escrowstorm::mockrpc
