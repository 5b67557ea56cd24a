// Requests for payment as texts. Follows wallet2::make_uri and parse_uri, with Epee's way of
// writing what a URL can't hold. Pure functions, any thread.
#pragma once

#include <string>
#include <string_view>
#include <vector>

#include "base/walletrpc/payment_uri.hpp"
#include "mockrpc/kex/outcome.hpp"
#include "mockrpc/network.hpp"

namespace escrowstorm::mockrpc {

Outcome<std::string> make_uri(const walletrpc::PaymentUri& payment, Network network);

// What is not known of the parameters is handed on as it stands there.
Outcome<walletrpc::ParseUri::Answer> parse_uri(std::string_view uri, Network network);

}  // namespace escrowstorm::mockrpc
