// The JSON-RPC 2.0 envelope as Epee's server reads and writes it: which bodies are calls, what the
// others are refused with, and how id, result and error are laid out. Pure functions, any thread.
#pragma once

#include <string>
#include <string_view>

namespace boost::json {
class object;
}

namespace escrowstorm::epee {

namespace error_code {
inline constexpr int parse_error = -32700;
inline constexpr int invalid_request = -32600;
inline constexpr int method_not_found = -32601;
inline constexpr int invalid_params = -32602;
}  // namespace error_code

struct RpcError {
  int code = 0;
  std::string message;

  friend bool operator==(const RpcError&, const RpcError&) = default;
};

// A JSON-RPC id, kept with its type: the JSON text as the real one writes it back.
struct CallId {
  std::string json = "0";
};

// What a body that is no call is answered.
struct Refusal {
  CallId id;
  RpcError error;
};

// A body that the real one fails on: HTTP 500 and the end of the connection.
struct Broken {};

Refusal refusal(int code, std::string_view message, CallId id = {});

// The id of a call; `missing` stands for one that is not there.
CallId read_id(const boost::json::object& call, std::string_view missing);

std::string write_error(const CallId& id, const RpcError& error);

}  // namespace escrowstorm::epee
