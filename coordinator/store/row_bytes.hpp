// What a row says, as bytes that no other row has: what its mark is made of.
#pragma once

#include <cstdint>
#include <string>
#include <string_view>

namespace escrowstorm::coordinator {

class RowBytes {
 public:
  RowBytes& number(std::int64_t value) {
    for (int shift = 0; shift < 64; shift += 8)
      bytes_ += static_cast<char>(static_cast<std::uint64_t>(value) >> shift);
    return *this;
  }
  RowBytes& text(std::string_view value) {
    number(static_cast<std::int64_t>(value.size()));
    bytes_ += value;
    return *this;
  }

  const std::string& bytes() const { return bytes_; }

 private:
  std::string bytes_;
};

}  // namespace escrowstorm::coordinator
