// money_kept: what the bank has paid for an escrow is there in the end: at the addresses of its
// parties, in fees, or unspent where its wallets can spend it. What came to a published address
// that is none of theirs is lost. From the bank's books and the chain, when all is over.
#pragma once

#include "sim/invariants/escrow_book.hpp"

namespace escrowstorm::sim {

class MoneyKept final : public Invariant {
 public:
  using Invariant::Invariant;
  void executed(const mockrpc::LedgerEntry& entry) override { book_.executed(entry); }
  void copied(std::string_view from, std::string_view to) override { book_.copied(from, to); }
  void durable(TimePoint at, const coordinator::EscrowRecord& record) override {
    (void)at;
    book_.durable(record);
  }
  void over(TimePoint at) override;

 private:
  std::uint64_t kept_of(EscrowId escrow) const;

  EscrowBook book_;
};

}  // namespace escrowstorm::sim
