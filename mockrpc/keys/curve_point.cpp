#include "mockrpc/keys/curve_point.hpp"

#include <sodium/crypto_core_ed25519.h>
#include <sodium/crypto_scalarmult_ed25519.h>

#include <algorithm>

namespace escrowstorm::mockrpc {
namespace {

// p = 2^255 - 19, little-endian.
constexpr Bytes32 field_order = [] {
  Bytes32 p;
  p.fill(0xff);
  p.front() = 0xed;
  p.back() = 0x7f;
  return p;
}();

constexpr Bytes32 one{1};

constexpr Bytes32 minus_one = [] {
  Bytes32 bytes = field_order;
  --bytes.front();
  return bytes;
}();

}  // namespace

CurvePoint base_point_times(const Scalar& secret) {
  CurvePoint point;
  point.bytes = one;  // y = 1, the identity: what libsodium refuses to make
  if (!is_zero(secret))
    crypto_scalarmult_ed25519_base_noclamp(point.bytes.data(), secret.bytes.data());
  return point;
}

std::optional<CurvePoint> plus(const CurvePoint& a, const CurvePoint& b) {
  CurvePoint sum;
  if (crypto_core_ed25519_add(sum.bytes.data(), a.bytes.data(), b.bytes.data()) != 0)
    return std::nullopt;
  return sum;
}

std::optional<CurvePoint> times(const CurvePoint& point, const Scalar& factor) {
  CurvePoint product;
  if (crypto_scalarmult_ed25519_noclamp(product.bytes.data(), factor.bytes.data(),
                                        point.bytes.data()) != 0)
    return std::nullopt;
  return product;
}

bool is_on_curve(const CurvePoint& point) {
  Bytes32 y = point.bytes;
  const bool x_is_odd = (y.back() & 0x80) != 0;
  y.back() &= 0x7f;
  if (!std::lexicographical_compare(y.rbegin(), y.rend(), field_order.rbegin(), field_order.rend()))
    return false;
  if (x_is_odd && (y == one || y == minus_one)) return false;  // x = 0 is even

  // The only call of libsodium that decompresses a point and asks for nothing more than that.
  Bytes32 sum;
  return crypto_core_ed25519_add(sum.data(), point.bytes.data(), point.bytes.data()) == 0;
}

}  // namespace escrowstorm::mockrpc
