// What an import keeps at hand while the wallet looks at the chain again: outputs that it finds
// anew get what they had, and what the others told of them. Follows monero's wallet2
// (m_multisig_rescan_info, m_multisig_rescan_k). Values.
#pragma once

#include "mockrpc/wallet/money.hpp"
#include "mockrpc/wallet/multisig_info.hpp"

namespace escrowstorm::mockrpc {

struct MultisigRescan {
  // By source, of each output; what imports left over may differ in length. 1-of-N needs no source.
  std::vector<std::vector<MultisigOutputInfo>> infos;
  std::vector<std::vector<Bytes32>> nonces;  // our own, by output

  bool covers(std::size_t output) const {
    return output < nonces.size() && (infos.empty() || output < infos.front().size());
  }
};

// The output's key image is known from now on, unless a source has not told of it: what an import
// left over may have such. REQUIRES: rescan.covers(index).
void complete(const MultisigRescan& rescan, std::size_t index, OwnedOutput& output);

}  // namespace escrowstorm::mockrpc
