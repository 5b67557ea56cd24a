// What looking at the chain reads and changes of a wallet, and the transactions it finds. Internal
// to the wallet. Follows monero's wallet2::process_new_transaction.
#pragma once

#include <cstdint>
#include <memory>
#include <optional>
#include <vector>

#include "mockrpc/chain/chain.hpp"
#include "mockrpc/version.hpp"
#include "mockrpc/wallet/money.hpp"
#include "mockrpc/wallet/multisig_rescan.hpp"
#include "mockrpc/wallet/own_addresses.hpp"

namespace escrowstorm::mockrpc {

struct Lookout {
  const Chain& chain;
  std::uint64_t top;  // the height of the next block, as its daemon knows it
  const Version& version;
  WalletMoney& money;
  Subaddresses& shown;
  OwnAddresses& addresses;
  bool multisig = false;           // key images of what it finds are partial
  std::uint64_t refresh_from = 0;  // blocks below are passed over
  bool first = false;              // it has not looked since it was opened
  // No output of a block from here on is known yet but those that this look has found.
  std::uint64_t unknown_from = ~std::uint64_t{0};
  const MultisigRescan* rescan = nullptr;  // what an import knows of outputs to be found again
};

// A transaction that has to do with the wallet.
struct Sighting {
  struct Output {
    std::uint32_t index = 0;  // in the transaction
    std::uint64_t global_index = 0;
    SubaddressIndex subaddress;
  };

  std::shared_ptr<const Transaction> transaction;
  std::optional<std::uint64_t> height;  // none: in the pool
  std::uint64_t timestamp = 0;
  std::vector<Output> outputs;  // ours, by index
};

// All of them in the blocks from `height` on, oldest first.
std::vector<Sighting> sightings_in_blocks(Lookout& wallet, std::uint64_t height);
// That transaction, with what of it is ours.
Sighting sighting_of(Lookout& wallet, const FoundTransaction& found);

// Takes its outputs, spends and payments into the wallet's money.
void take_in(Lookout& wallet, const Sighting& seen);

}  // namespace escrowstorm::mockrpc
