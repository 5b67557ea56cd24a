#include "sim/invariants/escrow_book.hpp"

namespace escrowstorm::sim {

void EscrowBook::durable(const coordinator::EscrowRecord& record) {
  if (record.terms.price == Amount()) return;
  BookedEscrow& escrow = escrows_[record.id];
  escrow.wallets = record.wallets;
  escrow.terms = record.terms;
  escrow.decision = record.payout.decision;
}

const BookedEscrow* EscrowBook::find(EscrowId escrow) const {
  const auto at = escrows_.find(escrow);
  return at == escrows_.end() ? nullptr : &at->second;
}

const std::string* EscrowBook::address_of(const BookedEscrow& escrow) const {
  for (const std::string& wallet : escrow.wallets)
    if (const std::string* address = facts_.address_of(wallet)) return address;
  return nullptr;
}

}  // namespace escrowstorm::sim
