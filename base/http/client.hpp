// One HTTP/1.1 request over one connection, for the transport and for raw bodies (transcripts).
#pragma once

#include <memory>
#include <optional>
#include <string>
#include <string_view>

#include "base/clock.hpp"
#include "base/http/access.hpp"
#include "base/http/url.hpp"
#include "base/transport.hpp"

namespace escrowstorm::http {

struct ClientResponse {
  unsigned status = 0;
  std::string body;
};

// A connection that may be used again and again, one request at a time. Destroying it closes it; a
// post() that is suspended then must not be resumed, only dropped.
class Connection {
 public:
  Connection(Executor executor, Clock& clock, Endpoint endpoint, std::size_t answer_bytes_max,
             Access access = {});
  ~Connection();

  // POSTs `body` to `target` before `deadline`, connecting first where that is needed, over TLS
  // where the endpoint says so, with the login when the server asks for one. Errors are of kind
  // refused, outcome_unknown, deadline or bad_answer; after one the connection is closed.
  Awaitable<CallResult<ClientResponse>> post(std::string_view target, std::string body,
                                             TimePoint deadline);

  // True when the server has closed it, or sent something unasked, since the last answer.
  bool stale() const;
  bool open() const;

 private:
  struct State;
  std::unique_ptr<State> state_;
};

}  // namespace escrowstorm::http
