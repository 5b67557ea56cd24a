// An HTTP server of the wallet RPC's manners: keep-alive, "Server: Epee-based", "200 Ok", requests
// read as request_reader.hpp says. One Server holds any number of ports; connections on one port
// are served concurrently, the requests of one connection in order. Lives on one io_context.
#pragma once

#include <cstddef>
#include <cstdint>
#include <functional>
#include <memory>
#include <optional>
#include <string>
#include <variant>
#include <vector>

#include "base/async.hpp"
#include "base/http/login.hpp"
#include "base/http/url.hpp"
#include "base/time.hpp"

namespace escrowstorm::http {

struct ServerRequest {
  std::string method;  // "GET", "POST", ..., in capitals or as the client wrote it
  std::string target;  // "/json_rpc"
  std::string body;
};

// What becomes of a response.
enum class Delivery : unsigned char {
  sent,
  hang_up,  // none is sent and the connection ends, as when a process dies
  reset,    // none is sent and the connection is reset
  half,     // the connection ends in the middle of the body
  never,    // none is sent and the connection stands, as when one hangs; no further request on it
            // is answered, until the client or the quiet time ends it
};

// So many bytes of the body after each pause, behind the head. None: all at once.
struct Pace {
  std::size_t bytes = 0;
  Duration pause{};
};

struct ServerResponse {
  unsigned status = 200;  // 500 also ends the connection
  std::string body;
  std::string_view content_type = "application/json";  // a literal; empty: no such header
  Delivery delivery = Delivery::sent;
  std::optional<std::size_t> said_length{};  // instead of the body's
  Pace pace{};                               // of what is sent
};

// What a handler returns: an answer, now or later.
using Handling = std::variant<ServerResponse, Awaitable<ServerResponse>>;

// Called for each request; a request whose client hangs up is still answered here.
using Handler = std::function<Handling(ServerRequest)>;

struct ServerLimits {
  // Of a request, head and body. The real wallet RPC has no limit but its memory.
  std::size_t bytes_max = 64 * 1024 * 1024;
  // How long a connection is kept since it was opened or got its last answer, in steps of an
  // eighth, unless a request is being handled.
  Duration quiet_time_max = std::chrono::minutes(30);
  // Connections of one port, in all and from one address; 0: no limit. Further ones are hung up on.
  std::size_t connections_max = 0;
  std::size_t connections_per_private_ip_max = 0;
  std::size_t connections_per_public_ip_max = 0;
};

// How header lines are read; see request_head.hpp.
enum class HeaderLines : unsigned char { searched, strict };

class TlsIdentity;

struct ServerManners {
  std::optional<Login> login;        // asked for by HTTP digest authentication
  std::vector<std::string> origins;  // that browsers may ask from; "*": any
  // TLS is spoken with whoever begins with it; with `tls_only` nothing else is.
  std::shared_ptr<TlsIdentity> tls;
  bool tls_only = false;
};

class Server {
 public:
  // REQUIRES: an executor of an io_context.
  Server(Executor executor, ServerLimits limits, ServerManners manners = {});
  ~Server();  // closes all ports and connections
  Server(const Server&) = delete;
  Server& operator=(const Server&) = delete;

  // Binds and listens at once. Port 0 takes a free one; returns the endpoint bound. Throws
  // std::system_error (what() names the endpoint) when the port is taken or may not be had.
  Endpoint listen(const Endpoint& where, Handler handler,
                  HeaderLines lines = HeaderLines::searched);

  // Stops listening there and ends the connections of that port; requests that are being handled go
  // on, for nobody. Until it is reopened the number is not given to who asks for any. Nothing when
  // it is shut, or open, already. May be called within a handler. Reopening throws as listen() when
  // another has taken the number. REQUIRES: listen() returned `where`.
  void shut(const Endpoint& where);
  void reopen(const Endpoint& where);

  // As shut(), but a connection whose request is being handled ends when that is answered.
  void stop_listening(const Endpoint& where);

  std::size_t connections() const;

 private:
  struct State;
  std::unique_ptr<State> state_;
};

}  // namespace escrowstorm::http
