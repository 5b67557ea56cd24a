// Errors of calls in words, for failures, events and logs.
#pragma once

#include <string>
#include <string_view>

#include "base/transport.hpp"

namespace escrowstorm::coordinator {

// "-28 This wallet is already multisig", "refused: connection refused".
std::string describe(const CallError& error);

// A text from outside as one line of bounded length. Its long words are shortened: wallets repeat
// what they were given in some errors, an address or a message of another's.
std::string one_line(std::string_view text);

// The first ten characters of an address: what may go into events and logs.
std::string shortened(std::string_view address);

}  // namespace escrowstorm::coordinator
