// The frame around the body of a wallet file: magic, size, body, checksum. Inputs of the target
// `wallet_files` are bodies, so that changes are not all found by the checksum.
#pragma once

#include <string>
#include <string_view>

#include "base/quick_hash.hpp"
#include "mockrpc/keys/byte_io.hpp"

namespace escrowstorm::fuzz {

// Little-endian.
inline std::string checksum_of(std::string_view bytes) {
  std::string checksum;
  const std::uint64_t hash = quick_hash(bytes);
  for (int i = 0; i < 8; ++i) checksum.push_back(static_cast<char>(hash >> 8 * i));
  return checksum;
}

inline std::string framed(std::string_view magic, std::string_view body) {
  mockrpc::ByteWriter file;
  file.blob(magic);
  file.text(body);
  file.blob(checksum_of(file.bytes()));
  return std::move(file).take();
}

// A line of its own.
inline std::string magic_of(std::string_view file) {
  return std::string(file.substr(0, file.find('\n') + 1));
}

inline std::string body_of(std::string_view file) {
  mockrpc::ByteReader reader(file.substr(magic_of(file).size()));
  return std::string(reader.text());
}

// The first character of an input.
enum class WalletInput : char { raw_keys = 'r', raw_cache = 's', keys = 'k', cache = 'c' };

}  // namespace escrowstorm::fuzz
