// Where a wallet lives: what it is handed by its instance. All of it outlives the wallet.
#pragma once

#include <cstdint>

#include "mockrpc/network.hpp"

namespace escrowstorm::mockrpc {

class Chain;
class KeyScheme;
class Storage;
struct DaemonLink;
struct Version;

struct WalletHost {
  const Version* version = nullptr;
  Network network = Network::mainnet;
  Storage* storage = nullptr;
  const KeyScheme* keys = nullptr;
  Chain* chain = nullptr;            // none: no daemon can be reached
  const DaemonLink* link = nullptr;  // to the chain's daemon; none: it is never down
  // Where the chain's daemon is, for wallets that are told another: set_daemon.
  std::uint16_t daemon_port = 18081;
  // Whether a chain with too few outputs for a ring refuses what spends, as the real one does.
  bool enforce_ring_size = false;
  // --offline: the wallets ask no daemon, and some calls then succeed that would miss it.
  bool offline = false;
};

}  // namespace escrowstorm::mockrpc
