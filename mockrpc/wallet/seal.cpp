#include "mockrpc/wallet/seal.hpp"

#include <sodium/crypto_stream_chacha20.h>

#include "mockrpc/keys/byte_io.hpp"
#include "mockrpc/keys/keccak.hpp"
#include "mockrpc/keys/signature.hpp"

namespace escrowstorm::mockrpc {
namespace {

constexpr std::size_t nonce_bytes = crypto_stream_chacha20_NONCEBYTES;
static_assert(seal_bytes == nonce_bytes + Signature::size);

// Encrypts and decrypts.
std::string chacha20(std::string_view bytes, std::string_view nonce, const Scalar& secret) {
  const Bytes32 key = keccak256(view_of(secret.bytes));
  std::string out(bytes);
  auto* data = reinterpret_cast<unsigned char*>(out.data());
  crypto_stream_chacha20_xor(data, data, out.size(),
                             reinterpret_cast<const unsigned char*>(nonce.data()), key.data());
  return out;
}

}  // namespace

std::string seal(const KeyScheme& scheme, std::string_view plain, const Scalar& view_secret,
                 RandomStream& random) {
  std::array<unsigned char, nonce_bytes> nonce;
  random.fill(nonce);
  std::string sealed(reinterpret_cast<const char*>(nonce.data()), nonce.size());
  sealed += chacha20(plain, sealed, view_secret);
  const Signature signature = sign(scheme, keccak256(sealed), view_secret, random);
  sealed.append(view_of(signature.c.bytes)).append(view_of(signature.r.bytes));
  return sealed;
}

Outcome<std::string> unseal(const KeyScheme& scheme, std::string_view sealed,
                            const Scalar& view_secret) {
  if (sealed.size() < seal_bytes) return Refused{"Unexpected ciphertext size"};
  const std::string_view content = sealed.substr(0, sealed.size() - Signature::size);
  ByteReader reader(sealed.substr(content.size()));
  Signature signature;
  signature.c.bytes = reader.bytes32();
  signature.r.bytes = reader.bytes32();
  if (!verify(scheme, keccak256(content), scheme.public_key(view_secret), signature))
    return Refused{"Failed to authenticate ciphertext"};
  return {boost::system::in_place_value,
          chacha20(content.substr(nonce_bytes), content, view_secret)};
}

}  // namespace escrowstorm::mockrpc
