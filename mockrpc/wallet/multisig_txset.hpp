// What signers of a multisig wallet hand on: transactions and who has signed them. Follows monero's
// wallet2::multisig_tx_set; sealed like all that passes between participants. Values and pure
// functions; what is read may be anything.
#pragma once

#include "mockrpc/wallet/pending_tx.hpp"

namespace escrowstorm::mockrpc {

inline constexpr std::string_view multisig_txset_magic = "Monero multisig unsigned tx set\x01";

struct MultisigTxSet {
  std::vector<PendingTx> txs;
  std::set<PublicKey> signers;

  friend bool operator==(const MultisigTxSet&, const MultisigTxSet&) = default;
};

// Without magic and seal.
std::string write_txset(const MultisigTxSet& set);
// `known_outputs`: how many the wallet that reads has; what spends others is not for it.
std::optional<MultisigTxSet> read_txset(std::string_view bytes, Network network,
                                        std::size_t known_outputs);

}  // namespace escrowstorm::mockrpc
