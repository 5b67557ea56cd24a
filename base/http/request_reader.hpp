// Cuts what one connection receives into requests, as the real wallet RPC does (Epee's
// http_protocol_handler.inl): a body is as long as Content-Length says and there is none without
// it, chunks included; a request that has a body is the last one of a read, and what followed it
// waits for the next read. No I/O. Internal to the server.
#pragma once

#include <optional>
#include <string>
#include <string_view>

#include "base/http/request_head.hpp"
#include "base/http/server.hpp"

namespace escrowstorm::http {

struct IncomingRequest {
  ServerRequest request;
  std::string authorization;
  std::string origin;
  bool has_authorization = false;
  bool close_after = false;  // "Connection: close"
};

class RequestReader {
 public:
  RequestReader(std::size_t bytes_max, HeaderLines lines) : bytes_max_(bytes_max), lines_(lines) {}

  // What one read gave. Read in place: `bytes` must stay until next() said `more` or keep().
  void feed(std::string_view bytes);

  enum class Next {
    more,     // nothing until the next feed()
    request,  // take() it, then ask again
    broken,   // no HTTP, or too much of it: hang up
  };
  Next next();

  IncomingRequest take() { return std::move(incoming_); }

  // Copies what is still to be read.
  void keep();

 private:
  enum class State { line, head, body };

  // Each nothing when it is done and reading goes on.
  std::optional<Next> read_line();
  std::optional<Next> read_head();
  std::optional<Next> read_body();
  bool take_headers(const RequestHeaders& headers);
  Next complete();

  std::size_t bytes_max_;
  HeaderLines lines_;
  State state_ = State::line;
  bool had_body_ = false;       // the last request: nothing more from this read
  std::size_t bytes_read_ = 0;  // since the last request
  std::size_t empty_lines_ = 0;
  std::size_t body_left_ = 0;
  IncomingRequest incoming_;
  std::string kept_;
  std::string_view unread_;  // into kept_ or into what was fed
};

}  // namespace escrowstorm::http
