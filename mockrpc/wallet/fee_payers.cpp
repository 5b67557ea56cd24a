#include "mockrpc/wallet/fee_payers.hpp"

#include <algorithm>

namespace escrowstorm::mockrpc {

SpendOutcome<std::vector<Payee>> payees_after_fee(std::vector<Payee> payees,
                                                  const std::vector<bool>& pays, Amount fee) {
  std::vector<Payee*> payers;
  std::uint64_t theirs = 0;
  for (std::size_t i = 0; i < payees.size(); ++i) {
    if (!pays[i]) continue;
    payers.push_back(&payees[i]);
    theirs += payees[i].amount.atomic();
  }
  if (payers.empty()) return payees;
  if (theirs < fee.atomic()) return SpendRefused{SpendFault::tx_not_possible, "tx not possible"};

  std::uint64_t left = fee.atomic();
  while (left > 0) {
    const std::uint64_t part = std::max<std::uint64_t>(left / payers.size(), 1);
    for (Payee* payer : payers) {
      if (left == 0) break;
      if (payer->amount.atomic() <= part)
        return SpendRefused{SpendFault::zero_amount, "destination amount is zero"};
      payer->amount = Amount::from_atomic(payer->amount.atomic() - part);
      left -= part;
    }
  }
  return payees;
}

}  // namespace escrowstorm::mockrpc
