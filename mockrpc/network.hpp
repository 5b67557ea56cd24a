// The networks and their address prefixes (monero's src/cryptonote_config.h). Regtest uses those
// of mainnet.
#pragma once

#include <cstdint>
#include <string_view>

namespace escrowstorm::mockrpc {

enum class Network : unsigned char { mainnet, testnet, stagenet };

constexpr std::string_view name_of(Network network) {
  constexpr std::string_view names[] = {"mainnet", "testnet", "stagenet"};
  return names[static_cast<int>(network)];
}

}  // namespace escrowstorm::mockrpc
