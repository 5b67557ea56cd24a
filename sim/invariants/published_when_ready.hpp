// published_when_ready: no address is published before all three wallets of the escrow have ended
// their key exchange, and a placeholder never: what is paid to one is lost.
#pragma once

#include <set>

#include "sim/invariants/invariant.hpp"
#include "sim/invariants/wallet_facts.hpp"

namespace escrowstorm::sim {

class PublishedWhenReady final : public Invariant {
 public:
  using Invariant::Invariant;
  void executed(const mockrpc::LedgerEntry& entry) override { facts_.executed(entry); }
  void copied(std::string_view from, std::string_view to) override { facts_.copied(from, to); }
  void durable(TimePoint at, const coordinator::EscrowRecord& record) override;

 private:
  WalletFacts facts_;
  std::set<EscrowId> published_;
};

}  // namespace escrowstorm::sim
