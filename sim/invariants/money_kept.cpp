#include "sim/invariants/money_kept.hpp"

#include "sim/invariants/address_history.hpp"

namespace escrowstorm::sim {

void MoneyKept::over(TimePoint at) {
  if (!money().chain || !money().paid) return;
  std::map<EscrowId, std::uint64_t> paid;
  for (const Payment& payment : *money().paid) paid[payment.escrow] += payment.amount.atomic();
  for (const auto& [escrow, units] : paid) {
    const std::uint64_t kept = kept_of(escrow);
    if (kept < units)
      violated(at, escrow, std::nullopt,
               std::to_string(units) + " atomic units were paid for escrow " +
                   std::to_string(escrow) + ", of which " + std::to_string(kept) +
                   " are with its parties, in fees, or in reach of its wallets");
  }
}

// Change comes back to the escrow's own address, where it is unspent, or spent again.
std::uint64_t MoneyKept::kept_of(EscrowId id) const {
  const BookedEscrow* escrow = book_.find(id);
  const std::string* address = escrow ? book_.address_of(*escrow) : nullptr;
  const auto own = address ? recipient_of(*address) : std::nullopt;
  if (!own) return 0;
  const auto buyer = recipient_of(escrow->terms.buyer_address);
  const auto vendor = recipient_of(escrow->terms.vendor_address);
  const AddressHistory history = history_of(*money().chain, *own);
  std::uint64_t kept = history.unspent;
  for (const auto& spend : history.spends) {
    kept += spend->fee.atomic();
    for (const mockrpc::TxOutput& output : spend->outputs)
      if (output.recipient == buyer || output.recipient == vendor) kept += output.amount.atomic();
  }
  return kept;
}

}  // namespace escrowstorm::sim
