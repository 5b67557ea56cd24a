// How the wallets of a fleet reach their daemon, which may be down. One for all of them: it is the
// fleet's, which outlives them.
#pragma once

namespace escrowstorm::mockrpc {

struct DaemonLink {
  bool is_up = true;
};

}  // namespace escrowstorm::mockrpc
