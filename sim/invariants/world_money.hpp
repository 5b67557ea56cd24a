// Where the money of a run can be seen, beside the ledger: the chain of the mock, and the books of
// the bank that pays the escrows. Known once the world is put together, which is after the judge;
// looked at when all is over, as long as the world lives.
#pragma once

#include <vector>

#include "mockrpc/chain/chain.hpp"
#include "sim/world/bank.hpp"

namespace escrowstorm::sim {

struct WorldMoney {
  const mockrpc::Chain* chain = nullptr;       // none: no money can be judged
  const std::vector<Payment>* paid = nullptr;  // none: the world has no bank
};

}  // namespace escrowstorm::sim
