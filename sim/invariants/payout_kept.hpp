// payout_kept: what is submitted for an escrow is in the coordinator's memory before, signed and
// whole, and what is there is never replaced by another. So whoever starts after a crash submits
// the same transaction again, and none is made beside one that may have left.
#pragma once

#include <unordered_map>

#include "sim/invariants/invariant.hpp"
#include "sim/invariants/message_book.hpp"

namespace escrowstorm::sim {

class PayoutKept final : public Invariant {
 public:
  using Invariant::Invariant;
  void executed(const mockrpc::LedgerEntry& entry) override;
  void durable(TimePoint at, const coordinator::EscrowRecord& record) override;

 private:
  // The first txset of each escrow that was durable. Looked up, never iterated.
  std::unordered_map<EscrowId, MessageId> kept_;
};

}  // namespace escrowstorm::sim
