// Which call a method or path is, and its JSON both ways. Internal to the daemon.
#pragma once

#include <optional>
#include <string>
#include <string_view>

#include "base/http/server.hpp"
#include "mockrpc/daemon/reply.hpp"

namespace escrowstorm::mockrpc::daemonrpc {

// Nothing for a body that the real one fails on.
std::optional<std::string> answer_json_rpc(Node& node, std::string_view body);
http::ServerResponse answer_path(Node& node, std::string_view path, std::string_view body);

}  // namespace escrowstorm::mockrpc::daemonrpc
