// The connections of a Server. Internal to it.
#pragma once

#include <array>
#include <boost/asio/io_context.hpp>
#include <boost/asio/ip/tcp.hpp>
#include <boost/asio/steady_timer.hpp>
#include <list>
#include <map>
#include <memory>

#include "base/http/response.hpp"
#include "base/http/server.hpp"

namespace escrowstorm::http {

class Session;

// Without the type erasure of any_io_executor, which costs a good part of what a request may.
using SessionSocket =
    boost::asio::basic_stream_socket<boost::asio::ip::tcp, boost::asio::io_context::executor_type>;

// What the connections of one Server share; kept alive by it and by each of them, so that one that
// is inside its handler may outlast the Server.
struct SessionShare {
  explicit SessionShare(const boost::asio::io_context::executor_type& executor)
      : quiet_timer(executor) {}

  ServerLimits limits;
  ServerManners manners;
  std::list<Session*> sessions;
  bool closed = false;  // no handler is called any more
  // One timer for all: a count of eighths of the quiet time, that runs while there are sessions.
  std::uint64_t now = 0;
  bool counting = false;
  boost::asio::steady_timer quiet_timer;
  ResponseWriter writer;
  std::array<char, 8192> received;  // one read, as long as the real one's; used up before the next
};

// What the connections of one port share.
class SessionPort {
 public:
  SessionPort(Handler handler, HeaderLines lines) : handler_(std::move(handler)), lines_(lines) {}

  Handling handle(ServerRequest request) { return handler_(std::move(request)); }
  HeaderLines lines() const { return lines_; }

  // Whether one more from there is within the limits; counts it then.
  bool admit(const ServerLimits& limits, const boost::asio::ip::address& from);
  void leave(const boost::asio::ip::address& from);

 private:
  Handler handler_;
  HeaderLines lines_;
  std::size_t connections_ = 0;
  std::map<boost::asio::ip::address, std::size_t> connections_from_;
};

// Serves the requests of one connection in order until the client or a limit ends it.
void start_session(const std::shared_ptr<SessionShare>& share,
                   const std::shared_ptr<SessionPort>& port, SessionSocket socket);

// Ends those of one port, each as soon as it has answered what it was asked.
void end_sessions(SessionShare& share, const SessionPort& port);

// Ends those of one port. What their handlers return is dropped.
void close_sessions(SessionShare& share, const SessionPort& port);

// Ends all: now, or when the handler it is in returns. Also those that have not begun.
void close_sessions(SessionShare& share);

}  // namespace escrowstorm::http
