// What every method of an instance works on: the one open wallet and what surrounds it.
#pragma once

#include <memory>

#include "mockrpc/wallet/wallet.hpp"

namespace escrowstorm::mockrpc {

struct Slot {
  WalletHost host;
  RandomStream& random;
  std::unique_ptr<Wallet>& wallet;  // null when none is open
};

}  // namespace escrowstorm::mockrpc
