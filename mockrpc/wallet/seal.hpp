// What the members of a multisig group send each other, sealed with the group's view key: only they
// can make and open it. Follows monero's wallet2 (encrypt_with_view_secret_key): ChaCha20, then a
// signature. Pure but for the stream.
#pragma once

#include <string>
#include <string_view>

#include "mockrpc/kex/outcome.hpp"
#include "mockrpc/keys/key_scheme.hpp"

namespace escrowstorm::mockrpc {

// What sealing adds.
inline constexpr std::size_t seal_bytes = 8 + 64;

std::string seal(const KeyScheme& scheme, std::string_view plain, const Scalar& view_secret,
                 RandomStream& random);
Outcome<std::string> unseal(const KeyScheme& scheme, std::string_view sealed,
                            const Scalar& view_secret);

}  // namespace escrowstorm::mockrpc
