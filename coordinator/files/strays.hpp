// Copies of wallets that a coordinator died over: made, or half made, and named by nothing that it
// remembers.
#pragma once

#include <span>
#include <string_view>

#include "coordinator/files/wallet_folder.hpp"
#include "coordinator/store/escrow_store.hpp"

namespace escrowstorm::coordinator {

// Removes those of the wallets whose names begin with `prefix`. REQUIRES: no other coordinator uses
// that prefix.
void remove_strays(WalletFolder& folder, std::string_view prefix,
                   std::span<const EscrowRecord> remembered);

}  // namespace escrowstorm::coordinator
