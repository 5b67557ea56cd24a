// What a row says, as bytes that no other row has: what its mark is made of.
#pragma once

#include <array>
#include <cstddef>
#include <cstdint>
#include <string>
#include <string_view>

namespace escrowstorm::coordinator {

class RowBytes {
 public:
  RowBytes() { bytes_.reserve(usual_size); }

  RowBytes& number(std::int64_t value) {
    std::array<char, sizeof value> bytes;
    for (std::size_t i = 0; i < bytes.size(); ++i)
      bytes[i] = static_cast<char>(static_cast<std::uint64_t>(value) >> 8 * i);
    bytes_.append(bytes.data(), bytes.size());
    return *this;
  }
  RowBytes& text(std::string_view value) {
    number(static_cast<std::int64_t>(value.size()));
    bytes_ += value;
    return *this;
  }

  const std::string& bytes() const { return bytes_; }

 private:
  static constexpr std::size_t usual_size = 448;

  std::string bytes_;
};

}  // namespace escrowstorm::coordinator
