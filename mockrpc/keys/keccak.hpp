// Keccak-256 as it was submitted, before NIST changed the padding for SHA3: monero's cn_fast_hash.
#pragma once

#include <string_view>

#include "mockrpc/keys/scalar.hpp"

namespace escrowstorm::mockrpc {

Bytes32 keccak256(std::string_view bytes);

}  // namespace escrowstorm::mockrpc
