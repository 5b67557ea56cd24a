// The connections of a Server. Internal to it.
#pragma once

#include <boost/asio/ip/tcp.hpp>
#include <list>
#include <memory>

#include "base/http/server.hpp"

namespace escrowstorm::http {

class Session;

// What the connections of one Server share; kept alive by it and by each of them, so that one that
// is inside its handler may outlast the Server.
struct SessionShare {
  ServerLimits limits;
  std::list<Session*> sessions;
  bool closed = false;  // no handler is called any more
};

// Serves the requests of one connection in order until the client or a limit ends it.
Awaitable<void> run_session(std::shared_ptr<SessionShare> share,
                            std::shared_ptr<const Handler> handler,
                            boost::asio::ip::tcp::socket socket);

// Makes each run_session() end at its next step: now, or when the handler it is in returns. Also
// those that have not begun.
void close_sessions(SessionShare& share);

}  // namespace escrowstorm::http
