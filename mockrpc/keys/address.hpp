// Monero addresses: a prefix for network and kind, two curve points, for integrated ones a payment
// id, and four bytes of checksum, in base58. Pure functions, any thread.
#pragma once

#include <array>
#include <optional>
#include <string>
#include <string_view>

#include "mockrpc/keys/curve_point.hpp"
#include "mockrpc/network.hpp"

namespace escrowstorm::mockrpc {

enum class AddressKind : unsigned char { standard, integrated, subaddress };

struct Address {
  Network network = Network::mainnet;
  AddressKind kind = AddressKind::standard;
  CurvePoint spend;
  CurvePoint view;
  std::array<unsigned char, 8> payment_id{};  // of an integrated one

  friend bool operator==(const Address&, const Address&) = default;
};

std::string address_text(const Address& address);

// What the real one takes for an address of this network: prefix, length and checksum right, both
// keys on the curve; or the hex form of 2014, which names no network.
std::optional<Address> parse_address(std::string_view text, Network network);

}  // namespace escrowstorm::mockrpc
