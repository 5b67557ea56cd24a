// What a wallet makes of the pool: payments on their way to it, and what becomes of what it sent.
// Follows monero's wallet2::update_pool_state and process_pool_state. Internal to the wallet.
#pragma once

#include <vector>

#include "mockrpc/wallet/lookout.hpp"

namespace escrowstorm::mockrpc {

// Forgets what has left the pool (`refreshed`: only when blocks are looked at too, so that it can
// turn up there) and answers what in it is new to the wallet.
std::vector<FoundTransaction> look_at_pool(Lookout& wallet, bool refreshed);

void take_in_pool(Lookout& wallet, const std::vector<FoundTransaction>& found);

}  // namespace escrowstorm::mockrpc
