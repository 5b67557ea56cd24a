// The transactions that spend coins to the last atomic unit. Follows monero's wallet2
// (create_transactions_all, _single, _from). Plain functions; random only where the real one is.
#pragma once

#include "mockrpc/wallet/tx_draft.hpp"

namespace escrowstorm::mockrpc {

struct SweepOrder {
  Payee payee;                // its amount is what is found
  std::uint64_t outputs = 1;  // in so many equal parts. REQUIRES: > 0
};

// All coins of an account below some amount, zero for any. Without addresses named in the terms it
// takes one of them at random, the first one last.
SpendOutcome<CoinList> coins_to_sweep(const SpendTerms& terms, Amount below, RandomStream& random);

// One plan for each transaction: none without coins.
SpendOutcome<std::vector<PlannedTx>> plan_sweep(const SpendTerms& terms, CoinList coins,
                                                const SweepOrder& order, RandomStream& random);

}  // namespace escrowstorm::mockrpc
