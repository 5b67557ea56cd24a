// Wallets of one escrow that are open, and the leases of the instances that have them.
#pragma once

#include <array>
#include <string>
#include <string_view>
#include <vector>

#include "coordinator/client/wallet_client.hpp"
#include "coordinator/slots/slot_pool.hpp"

namespace escrowstorm::coordinator {

using WalletNames = std::array<std::string, role_count>;  // of files, by role

// Where the wallets are that somebody may use now.
struct OpenWallets {
  EscrowId escrow = 0;
  RoleSet roles;
  RoleInstances instances{};
  WalletNames wallets;

  CallSite site(Role role, std::string_view phase) const;
};

struct HeldWallets {
  OpenWallets wallets;
  std::vector<Lease> leases;
};

}  // namespace escrowstorm::coordinator
