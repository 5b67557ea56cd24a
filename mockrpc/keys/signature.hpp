// Schnorr signatures over a key scheme, with monero's layout and equations: c = H(message, key,
// k*G), r = k - c*secret. H is a quick hash: where a key tells its secret, a dear one protects
// nothing.
#pragma once

#include <string_view>

#include "mockrpc/keys/key_scheme.hpp"

namespace escrowstorm::mockrpc {

struct Signature {
  static constexpr std::size_t size = 64;  // as bytes: c, then r
  Scalar c;
  Scalar r;
};

// What signatures are made over: a number below the order of the group, another one for other
// bytes.
Scalar quick_scalar(std::string_view bytes);

Signature sign(const KeyScheme& scheme, const Bytes32& message, const Scalar& secret,
               RandomStream& random);

bool verify(const KeyScheme& scheme, const Bytes32& message, const PublicKey& key,
            const Signature& signature);

}  // namespace escrowstorm::mockrpc
