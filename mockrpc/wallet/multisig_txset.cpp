#include "mockrpc/wallet/multisig_txset.hpp"

#include <algorithm>

namespace escrowstorm::mockrpc {

std::string write_txset(const MultisigTxSet& set) {
  ByteWriter out;
  out.varint(set.txs.size());
  for (const PendingTx& tx : set.txs) write_pending_tx(out, tx);
  out.varint(set.signers.size());
  for (const PublicKey& signer : set.signers) out.blob(signer.bytes);
  return std::move(out).take();
}

std::optional<MultisigTxSet> read_txset(std::string_view bytes, Network network,
                                        std::size_t known_outputs) {
  ByteReader in(bytes);
  MultisigTxSet set;
  for (std::size_t left = in.count(); left > 0 && in.ok(); --left) {
    auto tx = read_pending_tx(in, network);
    if (!tx) return std::nullopt;
    set.txs.push_back(std::move(*tx));
  }
  for (std::size_t left = in.count(); left > 0 && in.ok(); --left)
    set.signers.insert(PublicKey{in.bytes32()});
  if (!in.at_end()) return std::nullopt;
  const bool known = std::all_of(set.txs.begin(), set.txs.end(), [&](const PendingTx& tx) {
    return std::all_of(tx.coins.begin(), tx.coins.end(),
                       [&](const SpentCoin& coin) { return coin.index < known_outputs; });
  });
  if (!known) return std::nullopt;
  return set;
}

}  // namespace escrowstorm::mockrpc
