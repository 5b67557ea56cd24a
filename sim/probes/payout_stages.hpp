// How far the payout of each escrow has come, by what its wallets did and what is durable: for
// probes about what happens between two of its steps.
#pragma once

#include <map>

#include "base/observer.hpp"
#include "coordinator/store/escrow_store.hpp"
#include "mockrpc/fleet/ledger.hpp"

namespace escrowstorm::sim {

// A try to pay an escrow out failed; another may follow.
bool is_payout_failure(const Event& event);

enum class PayoutStage : unsigned char {
  decided,    // that is durable, and nothing else was done
  made,       // a wallet made the transaction
  signed_,    // another signed it
  kept,       // what is signed is durable
  submitted,  // a wallet submitted it; until that is durable
};

class PayoutStages {
 public:
  void executed(const mockrpc::LedgerEntry& entry);
  void durable(const coordinator::EscrowRecord& record);
  // Call it of a crash after having looked.
  void told(const Event& event);

  bool any_at(PayoutStage stage) const;

 private:
  std::map<EscrowId, PayoutStage> stages_;  // of payouts under way
};

}  // namespace escrowstorm::sim
