// A wallet's look at the chain: the pool, the blocks since the last look, and what a reorganisation
// takes away. Follows monero's wallet2::refresh.
#pragma once

#include <cstdint>

#include "mockrpc/kex/outcome.hpp"
#include "mockrpc/wallet/lookout.hpp"

namespace escrowstorm::mockrpc {

struct RefreshResult {
  std::uint64_t blocks_fetched = 0;
  bool received_money = false;
};

// Blocks below `start_height` (0: where it stands) are passed over unless it has looked at them.
Outcome<RefreshResult> refresh(Lookout& wallet, std::uint64_t start_height);

// Only the pool, with no block seen since: what a first refresh comes to that lost its place.
void refresh_without_blocks(Lookout& wallet);

// Only the pool, as get_transfers does.
void refresh_pool(Lookout& wallet);

// Forgets what blocks from this height on brought.
void detach(WalletMoney& money, std::uint64_t height);

// Which of its outputs are spent, asked anew.
void refresh_spent(Lookout& wallet);

}  // namespace escrowstorm::mockrpc
