// The networks and their address prefixes (monero's src/cryptonote_config.h). Regtest uses those
// of mainnet.
#pragma once

#include <array>
#include <cstddef>
#include <string_view>

namespace escrowstorm::mockrpc {

enum class Network : unsigned char { mainnet, testnet, stagenet };

inline constexpr std::array<Network, 3> all_networks{Network::mainnet, Network::testnet,
                                                     Network::stagenet};

constexpr std::string_view name_of(Network network) {
  constexpr std::string_view names[] = {"mainnet", "testnet", "stagenet"};
  return names[static_cast<std::size_t>(network)];
}

// The first byte of an address tells its network and kind.
struct AddressPrefixes {
  unsigned char standard;
  unsigned char integrated;
  unsigned char subaddress;
};

constexpr AddressPrefixes prefixes_of(Network network) {
  constexpr AddressPrefixes prefixes[] = {{18, 19, 42}, {53, 54, 63}, {24, 25, 36}};
  return prefixes[static_cast<std::size_t>(network)];
}

}  // namespace escrowstorm::mockrpc
