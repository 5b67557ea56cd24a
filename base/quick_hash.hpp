// A 64-bit hash that takes eight bytes at a time and is the same on every machine. Every change
// within eight bytes changes it. For comparing, for finding damage and for tables, not for
// security.
#pragma once

#include <cstddef>
#include <cstdint>
#include <string_view>

namespace escrowstorm {

class QuickHash {
 public:
  // What is added at once counts as one: "a" and then "bc" is something else than "abc".
  void add(std::string_view bytes) {
    const std::size_t size = bytes.size();
    for (; bytes.size() >= word_bytes; bytes.remove_prefix(word_bytes)) mix(word_of(bytes));
    std::uint64_t rest = 0;
    for (std::size_t i = 0; i < bytes.size(); ++i)
      rest |= std::uint64_t{static_cast<unsigned char>(bytes[i])} << 8 * i;
    mix(rest);
    mix(size);
  }

  std::uint64_t value() const { return state_ ^ state_ >> 32; }

 private:
  static constexpr std::size_t word_bytes = 8;
  static constexpr std::uint64_t multiplier = 0x9e3779b97f4a7c15;  // odd: nothing is lost

  // Little-endian; compilers make one load of it.
  static std::uint64_t word_of(std::string_view bytes) {
    const auto at = [&](std::size_t i) {
      return std::uint64_t{static_cast<unsigned char>(bytes[i])} << 8 * i;
    };
    return at(0) | at(1) | at(2) | at(3) | at(4) | at(5) | at(6) | at(7);
  }

  // Twice, or a change of a word's highest bit could be undone by one bit of the next.
  void mix(std::uint64_t word) {
    const std::uint64_t once = (state_ ^ word) * multiplier;
    state_ = (once ^ once >> 32) * multiplier;
  }

  std::uint64_t state_ = 0xcbf29ce484222325;
};

inline std::uint64_t quick_hash(std::string_view bytes) {
  QuickHash hash;
  hash.add(bytes);
  return hash.value();
}

}  // namespace escrowstorm
