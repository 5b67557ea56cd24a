// A block of the mock's chain. A value.
#pragma once

#include <cstdint>
#include <memory>
#include <vector>

#include "mockrpc/chain/transaction.hpp"

namespace escrowstorm::mockrpc {

struct Block {
  std::uint64_t height = 0;
  Bytes32 hash{};
  Bytes32 previous{};           // of the first block: zeros
  std::uint64_t timestamp = 0;  // seconds since 1970
  std::uint32_t nonce = 0;
  Amount reward;     // with the fees of its transactions
  Amount generated;  // all coins made up to here
  std::shared_ptr<const Transaction> coinbase;
  std::vector<std::shared_ptr<const Transaction>> transactions;
};

}  // namespace escrowstorm::mockrpc
