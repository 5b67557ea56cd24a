#include "sim/invariants/message_kept.hpp"

#include <algorithm>

#include "sim/invariants/wallet_owner.hpp"

namespace escrowstorm::sim {

void MessageKept::executed(const mockrpc::LedgerEntry& entry) {
  const std::span<const std::string> messages = messages_used_by(*entry.request);
  if (!entry.whom || messages.empty() || ended_.contains(entry.whom->escrow)) return;
  const OfAttempts& kept = kept_[entry.whom->escrow];
  for (const std::string& message : messages) {
    const auto has_it = [id = message_id(message)](const auto& of_attempt) {
      return of_attempt.second.contains(id);
    };
    if (std::any_of(kept.begin(), kept.end(), has_it)) continue;
    violated(entry.at, entry.whom->escrow, entry.instance,
             std::string(method_of(*entry.request)) + " for " + owner_text(*entry.whom) +
                 " was given a message that the coordinator's memory does not have");
  }
}

void MessageKept::durable(TimePoint, const coordinator::EscrowRecord& record) {
  if (record.phase == coordinator::Phase::ready || record.phase == coordinator::Phase::failed) {
    kept_.erase(record.id);
    ended_.insert(record.id);
    return;
  }
  std::set<MessageId>& kept = kept_[record.id][record.attempt];
  kept.clear();
  for (const auto& of_role : record.messages)
    for (const std::string& message : of_role)
      if (!message.empty()) kept.insert(message_id(message));
}

}  // namespace escrowstorm::sim
