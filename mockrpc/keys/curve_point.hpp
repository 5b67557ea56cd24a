// Compressed points of Ed25519, as addresses carry them. Pure functions, any thread.
#pragma once

#include <compare>
#include <optional>

#include "mockrpc/keys/scalar.hpp"

namespace escrowstorm::mockrpc {

struct CurvePoint {
  Bytes32 bytes{};
  friend auto operator<=>(const CurvePoint&, const CurvePoint&) = default;
};

// secret * G, the identity for zero.
CurvePoint base_point_times(const Scalar& secret);

// Nothing when a point is none, or for times() has a small order.
std::optional<CurvePoint> plus(const CurvePoint& a, const CurvePoint& b);
std::optional<CurvePoint> times(const CurvePoint& point, const Scalar& factor);

// Whether the bytes encode a point of the curve in the one allowed way: monero's check_key, which
// also accepts the identity and points outside the prime subgroup.
bool is_on_curve(const CurvePoint& point);

}  // namespace escrowstorm::mockrpc
