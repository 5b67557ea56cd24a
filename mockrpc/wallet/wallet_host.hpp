// Where a wallet lives: what it is handed by its instance. All of it outlives the wallet.
#pragma once

#include "mockrpc/network.hpp"

namespace escrowstorm::mockrpc {

class Chain;
class KeyScheme;
class Storage;
struct Version;

struct WalletHost {
  const Version* version = nullptr;
  Network network = Network::mainnet;
  Storage* storage = nullptr;
  const KeyScheme* keys = nullptr;
  Chain* chain = nullptr;  // none: no daemon can be reached
};

}  // namespace escrowstorm::mockrpc
