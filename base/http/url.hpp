// Where a server listens, and whether it speaks TLS. Parsing says what is wrong with a text that is
// no endpoint.
#pragma once

#include <cstdint>
#include <string>
#include <string_view>
#include <variant>

namespace escrowstorm::http {

struct Endpoint {
  std::string host;  // a name or an address, IPv6 without brackets
  std::uint16_t port = 0;
  bool tls = false;

  std::string authority() const;  // "127.0.0.1:18083", "[::1]:18083"
  std::string to_string() const;  // the same, behind "https://" when it is TLS
  friend bool operator==(const Endpoint&, const Endpoint&) = default;
};

// "http://host:port" or "https://host:port", also with a path of "/" or "/json_rpc", also without
// "http://". The error is one clause, to be put behind the text: "has no port".
std::variant<Endpoint, std::string> parse_endpoint(std::string_view text);

}  // namespace escrowstorm::http
