// The JSON-RPC 2.0 envelope as Epee's server reads and writes it: which bodies are calls, what the
// others are refused with, and how id, result and error are laid out. Pure functions, any thread.
#pragma once

#include <string>
#include <string_view>
#include <variant>

namespace boost::json {
class object;
class value;
}  // namespace boost::json

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

class StoredJson;

// A body that names a method. The views live as long as the text.
struct Envelope {
  const boost::json::object* call;
  std::string_view method;

  const boost::json::value* params() const;  // none when nothing is stored for them
};

// Reading goes in Epee's order: the envelope; is the method known; the rest of the envelope; the
// method's parameters. The first that fails is the refusal.
std::variant<Envelope, Refusal, Broken> read_envelope(const StoredJson& text);
Refusal unknown_method(const Envelope& envelope, std::string_view message = "Method not found");
std::variant<CallId, Refusal> read_call_id(const Envelope& envelope);
Refusal invalid_params(CallId id);

std::string write_error(const CallId& id, const RpcError& error);

}  // namespace escrowstorm::epee
