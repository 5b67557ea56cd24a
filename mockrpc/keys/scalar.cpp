#include "mockrpc/keys/scalar.hpp"

#include <sodium/crypto_core_ed25519.h>

#include <algorithm>

#include "mockrpc/keys/keccak.hpp"

namespace escrowstorm::mockrpc {
namespace {

// 2^252 + 27742317777372353535851937790883648493, little-endian.
constexpr Bytes32 group_order{0xed, 0xd3, 0xf5, 0x5c, 0x1a, 0x63, 0x12, 0x58, 0xd6, 0x9c, 0xf7,
                              0xa2, 0xde, 0xf9, 0xde, 0x14, 0,    0,    0,    0,    0,    0,
                              0,    0,    0,    0,    0,    0,    0,    0,    0,    0x10};

}  // namespace

Scalar scalar_of(std::uint8_t number) {
  Scalar scalar;
  scalar.bytes[0] = number;
  return scalar;
}

Scalar plus(const Scalar& a, const Scalar& b) {
  Scalar sum;
  crypto_core_ed25519_scalar_add(sum.bytes.data(), a.bytes.data(), b.bytes.data());
  return sum;
}

Scalar minus(const Scalar& a, const Scalar& b) {
  Scalar difference;
  crypto_core_ed25519_scalar_sub(difference.bytes.data(), a.bytes.data(), b.bytes.data());
  return difference;
}

Scalar times(const Scalar& a, const Scalar& b) {
  Scalar product;
  crypto_core_ed25519_scalar_mul(product.bytes.data(), a.bytes.data(), b.bytes.data());
  return product;
}

bool is_zero(const Scalar& scalar) { return scalar == Scalar(); }

bool is_reduced(const Scalar& scalar) {
  return std::lexicographical_compare(scalar.bytes.rbegin(), scalar.bytes.rend(),
                                      group_order.rbegin(), group_order.rend());
}

Scalar reduce(const Bytes32& bytes) {
  std::array<unsigned char, crypto_core_ed25519_NONREDUCEDSCALARBYTES> wide{};
  std::copy(bytes.begin(), bytes.end(), wide.begin());
  Scalar reduced;
  crypto_core_ed25519_scalar_reduce(reduced.bytes.data(), wide.data());
  return reduced;
}

Scalar hash_to_scalar(std::string_view bytes) { return reduce(keccak256(bytes)); }

Scalar random_scalar(RandomStream& random) {
  Scalar scalar;
  do {
    Bytes32 bytes;
    random.fill(bytes);
    scalar = reduce(bytes);
  } while (is_zero(scalar));
  return scalar;
}

}  // namespace escrowstorm::mockrpc
