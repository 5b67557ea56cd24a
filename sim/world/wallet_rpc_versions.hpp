// What get_version answers, release by release (WALLET_RPC_VERSION_MINOR in monero's
// src/wallet/wallet_rpc_server_commands_defs.h at each tag).
#pragma once

#include <cstdint>
#include <optional>
#include <string_view>

namespace escrowstorm::sim {

// The releases of Monero whose wallet RPC says `rpc_version`, nothing for one that this project
// does not know: "0.18.0.0 to 0.18.1.1".
constexpr std::optional<std::string_view> monero_releases(std::uint32_t rpc_version) {
  switch (rpc_version) {
    case 65561:
      return "0.18.0.0 to 0.18.1.1";
    case 65562:
      return "0.18.1.2 to 0.18.3.1";
    case 65563:
      return "0.18.3.2 to 0.18.3.4";
    case 65564:
      return "0.18.4.0";
    case 65565:
      return "0.18.4.1 to 0.18.4.6";
    case 65566:
      return "0.18.5.0";
    case 65567:
      return "0.18.5.1";
    default:
      return std::nullopt;
  }
}

}  // namespace escrowstorm::sim
