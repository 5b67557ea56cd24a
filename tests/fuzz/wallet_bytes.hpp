// The frame around the body of a wallet file: magic, size, body, checksum. Inputs of the target
// `wallet_files` are bodies, so that changes are not all found by the checksum.
#pragma once

#include <string>
#include <string_view>

#include "mockrpc/keys/byte_io.hpp"
#include "mockrpc/keys/keccak.hpp"

namespace escrowstorm::fuzz {

constexpr std::size_t checksum_size = 8;

inline std::string framed(std::string_view magic, std::string_view body) {
  mockrpc::ByteWriter file;
  file.blob(magic);
  file.text(body);
  file.blob(mockrpc::view_of(mockrpc::keccak256(file.bytes())).substr(0, checksum_size));
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
