// A reorganisation: the last blocks of the chain are replaced by others, one more, as when another
// branch turns out to be longer.
#pragma once

#include "mockrpc/chain/chain.hpp"

namespace escrowstorm::mockrpc {

// Transactions of the blocks that go are in the pool again, and in the new blocks where they still
// may be; the rewards go to whom they went to. REQUIRES: 0 < depth < chain.height().
void reorganise(Chain& chain, std::uint64_t depth);

}  // namespace escrowstorm::mockrpc
