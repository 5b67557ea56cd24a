// 256 bits of key material. Wiped when it goes; moved, never copied, so that it is in one place.
#pragma once

#include <array>
#include <cstddef>
#include <span>

namespace escrowstorm::coordinator {

class SecretKey {
 public:
  static constexpr std::size_t size = 32;

  SecretKey() = default;  // to be filled
  SecretKey(SecretKey&& other) noexcept;
  SecretKey& operator=(SecretKey&& other) noexcept;
  ~SecretKey();

  std::span<unsigned char, size> bytes() { return bytes_; }
  std::span<const unsigned char, size> bytes() const { return bytes_; }

 private:
  std::array<unsigned char, size> bytes_{};
};

}  // namespace escrowstorm::coordinator
