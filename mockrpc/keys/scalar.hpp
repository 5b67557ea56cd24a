// Secrets: numbers modulo l, the order of the Ed25519 base point, 32 bytes little-endian.
// Arithmetic by libsodium. Pure functions, any thread.
#pragma once

#include <array>
#include <compare>
#include <cstddef>
#include <cstdint>
#include <string_view>

#include "base/random.hpp"

namespace escrowstorm::mockrpc {

using Bytes32 = std::array<unsigned char, 32>;

// Also of payment ids and the like.
template <std::size_t Size>
std::string_view view_of(const std::array<unsigned char, Size>& bytes) {
  return {reinterpret_cast<const char*>(bytes.data()), bytes.size()};
}

struct Scalar {
  Bytes32 bytes{};
  friend auto operator<=>(const Scalar&, const Scalar&) = default;
};

Scalar scalar_of(std::uint8_t number);
Scalar plus(const Scalar& a, const Scalar& b);
Scalar minus(const Scalar& a, const Scalar& b);
Scalar times(const Scalar& a, const Scalar& b);

bool is_zero(const Scalar& scalar);

// Whether the bytes are a number below l.
bool is_reduced(const Scalar& scalar);

// Modulo l.
Scalar reduce(const Bytes32& bytes);

// Keccak-256, modulo l: monero's hash_to_scalar.
Scalar hash_to_scalar(std::string_view bytes);

// Never zero.
Scalar random_scalar(RandomStream& random);

}  // namespace escrowstorm::mockrpc
