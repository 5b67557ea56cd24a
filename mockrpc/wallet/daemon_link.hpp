// How the wallets of a fleet reach their daemon, which may be down, or behind the chain: then the
// last blocks are not there for them. One for all of them: it is the fleet's, which outlives them.
#pragma once

#include <cstdint>

namespace escrowstorm::mockrpc {

struct DaemonLink {
  bool is_up = true;
  std::uint64_t blocks_behind = 0;
};

}  // namespace escrowstorm::mockrpc
