// An HTTP/1.1 server of the wallet RPC's manners: keep-alive, "Server: Epee-based", "200 Ok", 404
// with no body. One Server holds any number of ports; connections on one port are served
// concurrently, the requests of one connection in order. Lives on one executor.
#pragma once

#include <cstddef>
#include <cstdint>
#include <functional>
#include <memory>
#include <string>

#include "base/async.hpp"
#include "base/http/url.hpp"
#include "base/time.hpp"

namespace escrowstorm::http {

struct ServerRequest {
  std::string method;  // "GET", "POST", ...
  std::string target;  // "/json_rpc"
  std::string body;
};

struct ServerResponse {
  unsigned status = 200;
  std::string body;
  std::string content_type = "application/json";  // of a body; without one it is text/plain
};

// Called for each request; a request whose client hangs up is still answered here.
using Handler = std::function<Awaitable<ServerResponse>(ServerRequest)>;

struct ServerLimits {
  std::size_t header_bytes_max = 16 * 1024;
  std::size_t body_bytes_max = 1024 * 1024;
  // What a client may take to send a whole request, once it began.
  Duration request_time_max = std::chrono::seconds(60);
  // How long an idle connection is kept.
  Duration idle_time_max = std::chrono::minutes(5);
};

class Server {
 public:
  Server(Executor executor, ServerLimits limits);
  ~Server();  // closes all ports and connections
  Server(const Server&) = delete;
  Server& operator=(const Server&) = delete;

  // Binds and listens at once. Port 0 takes a free one; returns the endpoint bound. Throws
  // std::system_error (what() names the endpoint) when the port is taken or may not be had.
  Endpoint listen(const Endpoint& where, Handler handler);

  std::size_t connections() const;

 private:
  struct State;
  std::unique_ptr<State> state_;
};

}  // namespace escrowstorm::http
