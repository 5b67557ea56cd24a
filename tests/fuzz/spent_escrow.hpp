// A chain on which an escrow has spent: one of its transactions is in a block, one waits in the
// pool, and one is signed and was never sent.
#pragma once

#include "tests/fuzz/escrow.hpp"

namespace escrowstorm::fuzz {

struct SpentEscrow {
  mockrpc::Chain chain;
  mockrpc::Transaction mined;
  mockrpc::Transaction waiting;
  mockrpc::Transaction unsent;
};

// Made once; the chain's clock lives as long as the process.
const SpentEscrow& spent_escrow();

}  // namespace escrowstorm::fuzz
