#include "mockrpc/keys/dlog_key_scheme.hpp"

#include <sodium/core.h>

#include <cassert>

namespace escrowstorm::mockrpc {
namespace {

Scalar log_of(const PublicKey& key) { return Scalar{key.bytes}; }
PublicKey key_of(const Scalar& log) { return PublicKey{log.bytes}; }

}  // namespace

DlogKeyScheme::DlogKeyScheme() {
  [[maybe_unused]] const int failed = sodium_init();  // 1 when it was done before
  assert(failed >= 0);
}

PublicKey DlogKeyScheme::identity() const { return PublicKey(); }

PublicKey DlogKeyScheme::public_key(const Scalar& secret) const { return key_of(secret); }

PublicKey DlogKeyScheme::times(const PublicKey& key, const Scalar& factor) const {
  return key_of(mockrpc::times(log_of(key), factor));
}

PublicKey DlogKeyScheme::plus(const PublicKey& a, const PublicKey& b) const {
  return key_of(mockrpc::plus(log_of(a), log_of(b)));
}

bool DlogKeyScheme::in_prime_subgroup(const PublicKey& key) const {
  return is_reduced(log_of(key));
}

CurvePoint DlogKeyScheme::shown(const PublicKey& key) const {
  const auto known = shown_.find(key);
  if (known != shown_.end()) return known->second;
  if (shown_.size() == remembered_max) shown_.clear();
  return shown_.emplace(key, base_point_times(log_of(key))).first->second;
}

}  // namespace escrowstorm::mockrpc
