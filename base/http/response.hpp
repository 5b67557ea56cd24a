// The status line and headers of an answer, in the real wallet RPC's words and order. Internal to
// the server.
#pragma once

#include <string>

#include "base/http/server.hpp"

namespace escrowstorm::http {

// Up to and with the empty line. `close_after` only where the client asked for it.
std::string response_head(const ServerResponse& response, bool close_after);

}  // namespace escrowstorm::http
