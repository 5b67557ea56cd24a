// The JSON form of the protocol, both ways. Answers are laid out as the real one lays them out, to
// the byte: sorted keys, two spaces, CRLF, empty arrays left out, '/' escaped. Parameters are read
// as leniently as it reads them: unknown keys ignored, missing ones keep their defaults (but are
// zero, false or empty where "params" itself is missing), wrong types are -32602. Answers are read
// strictly: what is missing or of a wrong type is an error.
//
// Pure functions, any thread. Texts from outside may be anything; nothing here throws on them.
#pragma once

#include <cstdint>
#include <string>
#include <string_view>
#include <variant>

#include "base/epee/json_rpc.hpp"
#include "base/walletrpc/error_code.hpp"
#include "base/walletrpc/real_methods.hpp"
#include "base/walletrpc/request.hpp"

namespace escrowstorm::walletrpc {

using epee::Broken;
using epee::CallId;
using epee::Refusal;
using epee::write_error;

struct Call {
  CallId id;
  Request request;
};

// Server side. The version is what get_version answers; which methods there are depends on it.
std::variant<Call, Refusal, Broken> read_call(std::string_view body,
                                              std::uint32_t rpc_version = any_rpc_version);
std::string write_answer(const CallId& id, const Answer& answer);

// What could not be read as an answer, in words.
struct BadAnswer {
  std::string why;
};

// Client side. The id is a string.
std::string write_call(const Request& request, std::string_view id = "0");
std::variant<Answer, RpcError, BadAnswer> read_answer(const Request& asked, std::string_view body);

}  // namespace escrowstorm::walletrpc
