// Blocks and transactions as the JSON text that monerod puts into its answers. A coinbase is
// complete. Of other transactions the chain knows what they spend, whom they pay and the fee: the
// rest (one-time data, commitments) is derived from that and proves nothing, the signatures are
// left out. Rings are windows of outputs around the spent one.
#pragma once

#include <string>

#include "mockrpc/chain/chain.hpp"

namespace escrowstorm::mockrpc::daemonrpc {

std::string block_json(const Block& block);
std::string transaction_json(const Chain& chain, const FoundTransaction& found);

}  // namespace escrowstorm::mockrpc::daemonrpc
