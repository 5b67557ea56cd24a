// A fast imitation of the curve: a key is represented by its discrete logarithm. The public key of
// s is s, Diffie-Hellman is a product, and all of the algebra of the key exchange holds exactly,
// modulo the order of the group. Points are made only where they are shown, and remembered a while:
// the three wallets of an escrow show the same two. Nothing is secret here.
#pragma once

#include <cstddef>
#include <functional>
#include <unordered_map>

#include "mockrpc/keys/key_scheme.hpp"

namespace escrowstorm::mockrpc {

class DlogKeyScheme final : public KeyScheme {
 public:
  DlogKeyScheme();

  PublicKey identity() const override;
  PublicKey public_key(const Scalar& secret) const override;
  PublicKey times(const PublicKey& key, const Scalar& factor) const override;
  PublicKey plus(const PublicKey& a, const PublicKey& b) const override;
  bool in_prime_subgroup(const PublicKey& key) const override;
  CurvePoint shown(const PublicKey& key) const override;

 private:
  struct HashOfKey {
    std::size_t operator()(const PublicKey& key) const {
      return std::hash<std::string_view>()(view_of(key.bytes));
    }
  };
  static constexpr std::size_t remembered_max = 32'768;  // 3.5 MB

  mutable std::unordered_map<PublicKey, CurvePoint, HashOfKey> shown_;
};

}  // namespace escrowstorm::mockrpc
