// The head of a request as the real wallet RPC reads it (Epee's http_protocol_handler.inl): its
// first line and the few headers that mean something to it. Pure functions. Internal to the server.
#pragma once

#include <optional>
#include <string>
#include <string_view>

namespace escrowstorm::http {

struct RequestLine {
  std::string_view method;  // as sent, also in small letters
  std::string_view target;
  std::size_t end;  // of the line in the text, its line break included
};

// The first line of `text` that is a request line; what stands before it is dropped. None when no
// line is one.
std::optional<RequestLine> find_request_line(std::string_view text);

struct RequestHeaders {
  std::string_view connection;
  std::string_view content_length;
  std::string_view origin;
  std::optional<std::string_view> authorization;  // the first one
};

// Older versions look for "name: value" anywhere and pass over everything else; a value goes on
// over lines that begin with white space.
RequestHeaders search_headers(std::string_view head);

// Newer ones want each line to be a header; none when one is not.
std::optional<RequestHeaders> read_headers(std::string_view head);

}  // namespace escrowstorm::http
