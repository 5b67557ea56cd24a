#include "sim/conformance/address.hpp"

#include <algorithm>

#include "mockrpc/keys/address.hpp"

namespace escrowstorm::sim {
namespace {

// Of standard addresses and subaddresses. parse_address also takes a hex form, which is longer.
constexpr std::size_t address_chars = 95;

bool is_identity(const mockrpc::CurvePoint& point) {
  constexpr auto is_zero = [](unsigned char byte) { return byte == 0; };
  return point.bytes[0] == 1 && std::all_of(point.bytes.begin() + 1, point.bytes.end(), is_zero);
}

}  // namespace

std::optional<bool> has_real_spend_key(std::string_view text) {
  if (text.size() != address_chars) return std::nullopt;
  for (const mockrpc::Network network : mockrpc::all_networks) {
    if (const auto address = mockrpc::parse_address(text, network)) {
      return !is_identity(address->spend);
    }
  }
  return std::nullopt;
}

}  // namespace escrowstorm::sim
