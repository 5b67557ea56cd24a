#include "mockrpc/daemon/hex_form.hpp"

#include <algorithm>
#include <charconv>

namespace escrowstorm::mockrpc::daemonrpc {

std::optional<Bytes32> parse_hash(std::string_view hex) {
  const auto bytes = from_hex(hex);
  Bytes32 hash{};
  if (!bytes || bytes->size() != hash.size()) return std::nullopt;
  std::copy(bytes->begin(), bytes->end(), hash.begin());
  return hash;
}

std::string wide(std::uint64_t number) {
  char digits[16];
  const auto end = std::to_chars(digits, digits + sizeof digits, number, 16).ptr;
  return "0x" + std::string(digits, end);
}

}  // namespace escrowstorm::mockrpc::daemonrpc
