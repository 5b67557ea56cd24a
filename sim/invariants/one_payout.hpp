// one_payout: at most one payout of an escrow leaves, and it pays whom the durable decision names,
// everything but the fee. What left the chain says; what was submitted together, as the ledger
// tells, is one payout. Judged when all is over.
#pragma once

#include <unordered_map>

#include "sim/invariants/address_history.hpp"
#include "sim/invariants/escrow_book.hpp"

namespace escrowstorm::sim {

class OnePayout final : public Invariant {
 public:
  using Invariant::Invariant;
  void executed(const mockrpc::LedgerEntry& entry) override;
  void copied(std::string_view from, std::string_view to) override { book_.copied(from, to); }
  void durable(TimePoint at, const coordinator::EscrowRecord& record) override {
    (void)at;
    book_.durable(record);
  }
  void over(TimePoint at) override;

 private:
  void check(TimePoint at, EscrowId id, const BookedEscrow& escrow, const AddressHistory& history);
  std::size_t payouts_in(const AddressHistory& history) const;

  EscrowBook book_;
  // The first transaction that was submitted with it, by transaction. Looked up, never iterated.
  std::unordered_map<std::string, std::string> submitted_with_;
};

}  // namespace escrowstorm::sim
