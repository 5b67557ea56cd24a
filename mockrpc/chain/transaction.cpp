#include "mockrpc/chain/transaction.hpp"

#include <string>

#include "mockrpc/keys/keccak.hpp"

namespace escrowstorm::mockrpc {

Bytes32 key_image_of(const TxOutput& output) {
  std::string bytes("key image");
  bytes.append(view_of(output.key));
  return keccak256(bytes);
}

}  // namespace escrowstorm::mockrpc
