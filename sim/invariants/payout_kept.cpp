#include "sim/invariants/payout_kept.hpp"

#include "sim/invariants/wallet_owner.hpp"

namespace escrowstorm::sim {

using walletrpc::SubmitMultisig;

void PayoutKept::executed(const mockrpc::LedgerEntry& entry) {
  const auto* request = get_if<SubmitMultisig>(entry.request);
  if (!request || !entry.whom) return;
  const auto kept = kept_.find(entry.whom->escrow);
  if (kept != kept_.end() && kept->second == message_id(request->tx_data_hex)) return;
  violated(entry.at, entry.whom->escrow, entry.instance,
           "submit_multisig for " + owner_text(*entry.whom) + " was given " +
               (kept == kept_.end() ? "a txset that the coordinator's memory does not have"
                                    : "another txset than the coordinator's memory has"));
}

void PayoutKept::durable(TimePoint at, const coordinator::EscrowRecord& record) {
  if (record.payout.txset.empty()) return;
  const MessageId id = message_id(record.payout.txset);
  const auto [kept, is_first] = kept_.try_emplace(record.id, id);
  if (is_first || kept->second == id) return;
  violated(at, record.id, std::nullopt,
           "the signed payout of escrow " + std::to_string(record.id) +
               " was in the coordinator's memory and is another one now");
}

}  // namespace escrowstorm::sim
