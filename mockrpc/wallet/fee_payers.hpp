// subtract_fee_from_outputs: a fee that comes off what payees get. Follows monero's wallet2
// (get_adjusted_dsts). A pure function.
#pragma once

#include "mockrpc/wallet/spend_terms.hpp"

namespace escrowstorm::mockrpc {

// What the payees get when those marked in `pays` share the fee: equal parts, and of the rest an
// atomic unit each in turn. All when none is marked. REQUIRES: a mark for each payee.
SpendOutcome<std::vector<Payee>> payees_after_fee(std::vector<Payee> payees,
                                                  const std::vector<bool>& pays, Amount fee);

}  // namespace escrowstorm::mockrpc
