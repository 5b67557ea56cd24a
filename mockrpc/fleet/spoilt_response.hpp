// The bytes of a spoilt answer. Of both carriers: HTTP sends them, and in process what a client
// makes of them is the call's result.
#pragma once

#include <string>

#include "base/http/server.hpp"
#include "base/walletrpc/codec.hpp"
#include "mockrpc/fleet/fleet_reply.hpp"

namespace escrowstorm::mockrpc {

// The answer or the error as JSON-RPC has it.
std::string write_outcome(const walletrpc::CallId& id, const CallOutcome& outcome);

http::ServerResponse spoilt_response(const walletrpc::CallId& id, const SpoiltReply& reply);

// How long it takes to send.
Duration sending_time(const http::ServerResponse& response);

}  // namespace escrowstorm::mockrpc
