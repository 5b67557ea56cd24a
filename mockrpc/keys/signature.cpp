#include "mockrpc/keys/signature.hpp"

#include <string>

namespace escrowstorm::mockrpc {
namespace {

Scalar challenge(const Bytes32& message, const PublicKey& key, const PublicKey& commitment) {
  std::string bytes;
  bytes.reserve(3 * sizeof(Bytes32));
  bytes.append(view_of(message)).append(view_of(key.bytes)).append(view_of(commitment.bytes));
  return hash_to_scalar(bytes);
}

}  // namespace

Signature sign(const KeyScheme& scheme, const Bytes32& message, const Scalar& secret,
               RandomStream& random) {
  const Scalar nonce = random_scalar(random);
  Signature signature;
  signature.c = challenge(message, scheme.public_key(secret), scheme.public_key(nonce));
  signature.r = minus(nonce, times(signature.c, secret));
  return signature;
}

bool verify(const KeyScheme& scheme, const Bytes32& message, const PublicKey& key,
            const Signature& signature) {
  if (!is_reduced(signature.c) || !is_reduced(signature.r) || is_zero(signature.c)) return false;
  const PublicKey commitment =
      scheme.plus(scheme.public_key(signature.r), scheme.times(key, signature.c));
  return challenge(message, key, commitment) == signature.c;
}

}  // namespace escrowstorm::mockrpc
