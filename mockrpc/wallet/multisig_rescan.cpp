#include "mockrpc/wallet/multisig_rescan.hpp"

#include <cassert>

namespace escrowstorm::mockrpc {

void complete(const MultisigRescan& rescan, std::size_t index, OwnedOutput& output) {
  assert(rescan.covers(index));
  output.shares.clear();
  for (const auto& source : rescan.infos) {
    if (index >= source.size()) return;
    output.shares.push_back({source[index].signer.bytes, source[index].nonces});
  }
  output.key_image_partial = false;
  output.nonces = rescan.nonces[index];
}

}  // namespace escrowstorm::mockrpc
