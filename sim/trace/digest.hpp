// A running 64-bit hash over the lines of the trace: two runs with the same digest wrote the same
// events. For comparing, not for security.
#pragma once

#include <cstdint>
#include <string>
#include <string_view>

#include "base/quick_hash.hpp"

namespace escrowstorm::sim {

class Digest {
 public:
  // With its line end.
  void add_line(std::string_view line) { hash_.add(line); }

  // 16 hexadecimal digits.
  std::string hex() const {
    const std::uint64_t value = hash_.value();
    std::string out(16, '0');
    for (std::size_t i = 0; i < out.size(); ++i)
      out[i] = "0123456789abcdef"[value >> (60 - 4 * i) & 15];
    return out;
  }

 private:
  QuickHash hash_;
};

}  // namespace escrowstorm::sim
