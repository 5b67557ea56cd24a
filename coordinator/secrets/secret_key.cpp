#include "coordinator/secrets/secret_key.hpp"

#include <sodium/utils.h>

#include <utility>

namespace escrowstorm::coordinator {

SecretKey::SecretKey(SecretKey&& other) noexcept : bytes_(other.bytes_) {
  sodium_memzero(other.bytes_.data(), size);
}

SecretKey& SecretKey::operator=(SecretKey&& other) noexcept {
  std::swap(bytes_, other.bytes_);  // what was here is wiped with the other
  return *this;
}

SecretKey::~SecretKey() { sodium_memzero(bytes_.data(), size); }

}  // namespace escrowstorm::coordinator
