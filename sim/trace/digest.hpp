// A running 64-bit hash (FNV-1a) over the trace: two runs with the same digest wrote the same
// events. For comparing, not for security.
#pragma once

#include <cstdint>
#include <string>
#include <string_view>

namespace escrowstorm::sim {

class Digest {
 public:
  void add(std::string_view bytes) {
    for (const char c : bytes) hash_ = (hash_ ^ static_cast<unsigned char>(c)) * 0x100000001b3;
  }

  // 16 hexadecimal digits.
  std::string hex() const {
    std::string out(16, '0');
    for (std::size_t i = 0; i < out.size(); ++i)
      out[i] = "0123456789abcdef"[hash_ >> (60 - 4 * i) & 15];
    return out;
  }

 private:
  std::uint64_t hash_ = 0xcbf29ce484222325;
};

}  // namespace escrowstorm::sim
