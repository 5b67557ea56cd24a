#include "base/http/rpc_answer.hpp"

#include <variant>

#include "base/walletrpc/codec.hpp"

namespace escrowstorm::http {
namespace {

CallError error_of(CallError::Kind kind, std::string message, int code = 0) {
  CallError error;
  error.kind = kind;
  error.sent = true;
  error.code = code;
  error.message = std::move(message);
  return error;
}

}  // namespace

CallResult<walletrpc::Answer> rpc_answer(const walletrpc::Request& request,
                                         const ClientResponse& response) {
  if (response.status == 401)
    return error_of(CallError::Kind::bad_answer,
                    "HTTP status 401: it wants a login, and not the one it got, if any");
  if (response.status != 200)
    return error_of(CallError::Kind::bad_answer, "HTTP status " + std::to_string(response.status));
  auto read = walletrpc::read_answer(request, response.body);
  if (auto* error = std::get_if<walletrpc::RpcError>(&read))
    return error_of(CallError::Kind::rpc_error, std::move(error->message), error->code);
  if (auto* bad = std::get_if<walletrpc::BadAnswer>(&read))
    return error_of(CallError::Kind::bad_answer, "the answer can't be read: " + bad->why);
  return std::get<walletrpc::Answer>(std::move(read));
}

}  // namespace escrowstorm::http
