// What a client of a wallet RPC makes of an HTTP response.
#pragma once

#include "base/http/client.hpp"
#include "base/transport.hpp"

namespace escrowstorm::http {

// The answer to `request`; or an error of kind rpc_error or bad_answer.
CallResult<walletrpc::Answer> rpc_answer(const walletrpc::Request& request,
                                         const ClientResponse& response);

}  // namespace escrowstorm::http
