// Sends an answer slowly. Internal to the server.
#pragma once

#include <functional>
#include <string>
#include <vector>

#include "base/http/session.hpp"
#include "base/time.hpp"

namespace escrowstorm::http {

// The head of a written answer, then so much of its body each time as its pace says.
std::vector<std::string> pieces_of(std::string_view bytes, const ServerResponse& response);

// The first piece at once, then one after each pause. `done` is told whether all were sent; the
// socket lives until then.
void trickle(SessionSocket& socket, std::vector<std::string> pieces, Duration pause,
             std::function<void(bool)> done);

}  // namespace escrowstorm::http
