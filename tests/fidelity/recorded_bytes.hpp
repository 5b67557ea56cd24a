// Bytes of the wire as recordings keep them.
#pragma once

#include <string>

namespace escrowstorm::fidelity {

// A character of the recording, U+0000 to U+00FF, stands for a byte of the wire.
inline std::string recorded_bytes(const std::string& text) {
  std::string bytes;
  for (std::size_t i = 0; i < text.size(); ++i) {
    const auto first = static_cast<unsigned char>(text[i]);
    const bool two_bytes = first >= 0x80;  // of UTF-8, for U+0080 to U+00FF
    bytes += two_bytes ? static_cast<char>((first << 6) | (text[++i] & 0x3F)) : text[i];
  }
  return bytes;
}

}  // namespace escrowstorm::fidelity
