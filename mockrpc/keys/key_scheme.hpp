// How keys are made from secrets: the group behind the key exchange, in one small interface. Only
// shown() yields real curve points; the form of a PublicKey is the scheme's own business.
// One for each world, on its executor.
#pragma once

#include <compare>

#include "mockrpc/keys/curve_point.hpp"
#include "mockrpc/keys/scalar.hpp"

namespace escrowstorm::mockrpc {

// A member of the group, in the form in which its scheme computes and its messages carry it.
struct PublicKey {
  Bytes32 bytes{};
  friend auto operator<=>(const PublicKey&, const PublicKey&) = default;
};

class KeyScheme {
 public:
  virtual ~KeyScheme() = default;

  virtual PublicKey identity() const = 0;
  virtual PublicKey public_key(const Scalar& secret) const = 0;
  virtual PublicKey times(const PublicKey& key, const Scalar& factor) const = 0;
  virtual PublicKey plus(const PublicKey& a, const PublicKey& b) const = 0;

  // Whether bytes from outside are a key at all. The identity is one.
  virtual bool in_prime_subgroup(const PublicKey& key) const = 0;

  // The point that an address carries. The only dear call.
  virtual CurvePoint shown(const PublicKey& key) const = 0;
};

}  // namespace escrowstorm::mockrpc
