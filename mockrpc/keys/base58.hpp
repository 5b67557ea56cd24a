// Base58 in monero's blocks: 8 bytes become 11 characters, a shorter last block 2 to 10. Decoding
// is strict: lengths that no block has, foreign characters and overflow are refused. Pure
// functions, any thread.
#pragma once

#include <optional>
#include <string>
#include <string_view>

namespace escrowstorm::mockrpc {

std::string base58_encode(std::string_view bytes);
std::optional<std::string> base58_decode(std::string_view text);

}  // namespace escrowstorm::mockrpc
