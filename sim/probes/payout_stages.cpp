#include "sim/probes/payout_stages.hpp"

#include <algorithm>

#include "sim/invariants/nonce_book.hpp"
#include "sim/probes/probe.hpp"

namespace escrowstorm::sim {

using coordinator::Phase;

bool is_payout_failure(const Event& event) {
  return event.kind == EventKind::escrow && event.phase == "payout" && !event.ok && event.escrow;
}

// From the stage before only: a call of who is dead, or of a try that was given up, may execute
// late.
void PayoutStages::executed(const mockrpc::LedgerEntry& entry) {
  if (!entry.whom || !std::holds_alternative<walletrpc::Answer>(*entry.outcome)) return;
  const auto at = stages_.find(entry.whom->escrow);
  if (at == stages_.end()) return;
  PayoutStage& stage = at->second;
  if (stage == PayoutStage::decided && !txset_made_by(*entry.outcome).empty())
    stage = PayoutStage::made;
  else if (stage == PayoutStage::made && holds_alternative<walletrpc::SignMultisig>(*entry.request))
    stage = PayoutStage::signed_;
  else if (stage == PayoutStage::kept &&
           holds_alternative<walletrpc::SubmitMultisig>(*entry.request))
    stage = PayoutStage::submitted;
}

void PayoutStages::durable(const coordinator::EscrowRecord& record) {
  if (record.phase == Phase::decided)
    stages_.try_emplace(record.id, PayoutStage::decided);
  else if (record.phase == Phase::signed_)
    stages_.insert_or_assign(record.id, PayoutStage::kept);
  else if (record.phase > Phase::signed_)
    stages_.erase(record.id);
}

// After a crash and after a try that failed the memory is all there is.
void PayoutStages::told(const Event& event) {
  const bool failed = is_payout_failure(event);
  if (!failed && !is_coordinator_crash(event)) return;
  for (auto& [escrow, stage] : stages_)
    if (stage < PayoutStage::kept && (!failed || escrow == event.escrow))
      stage = PayoutStage::decided;
}

bool PayoutStages::any_at(PayoutStage stage) const {
  return std::any_of(stages_.begin(), stages_.end(),
                     [stage](const auto& one) { return one.second == stage; });
}

}  // namespace escrowstorm::sim
