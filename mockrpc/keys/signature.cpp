#include "mockrpc/keys/signature.hpp"

#include <array>
#include <string>

#include "base/quick_hash.hpp"

namespace escrowstorm::mockrpc {
namespace {

Scalar challenge(const Bytes32& message, const PublicKey& key, const PublicKey& commitment) {
  std::string bytes;
  bytes.reserve(3 * sizeof(Bytes32));
  bytes.append(view_of(message)).append(view_of(key.bytes)).append(view_of(commitment.bytes));
  return quick_scalar(bytes);
}

}  // namespace

Scalar quick_scalar(std::string_view bytes) {
  constexpr std::size_t word_bytes = 8;
  constexpr std::array<std::string_view, 4> words{"0", "1", "2", "3"};
  Scalar scalar;
  for (std::size_t word = 0; word < words.size(); ++word) {
    QuickHash hash;
    hash.add(words[word]);
    hash.add(bytes);
    for (std::size_t i = 0; i < word_bytes; ++i)
      scalar.bytes[word * word_bytes + i] = static_cast<unsigned char>(hash.value() >> 8 * i);
  }
  scalar.bytes.back() &= 0x0f;  // below 2^252, which is below the order of the group
  return scalar;
}

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
