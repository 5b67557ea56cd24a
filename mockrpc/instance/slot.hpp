// What every method of an instance works on: the one open wallet and what surrounds it.
#pragma once

#include <cstdint>
#include <memory>
#include <optional>

#include "mockrpc/instance/log_categories.hpp"
#include "mockrpc/wallet/wallet.hpp"

namespace escrowstorm::mockrpc {

// What an instance keeps beside its wallet.
struct ServerState {
  std::uint32_t auto_refresh_seconds = 20;  // 0: off
  LogCategories log;
  // What is_multisig and prepare_multisig go by, whatever is open: no real one does so.
  std::optional<MultisigStatus> polluted;
};

struct Slot {
  WalletHost host;
  ServerState& server;
  RandomStream& random;
  std::unique_ptr<Wallet>& wallet;  // null when none is open
};

}  // namespace escrowstorm::mockrpc
