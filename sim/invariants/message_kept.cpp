#include "sim/invariants/message_kept.hpp"

#include "sim/invariants/wallet_owner.hpp"

namespace escrowstorm::sim {

void MessageKept::executed(const mockrpc::LedgerEntry& entry) {
  const std::span<const std::string> messages = messages_used_by(*entry.request);
  if (!entry.whom || messages.empty()) return;
  const std::set<MessageId>& kept = kept_[entry.whom->escrow];
  for (const std::string& message : messages) {
    if (kept.contains(message_id(message))) continue;
    violated(entry.at, entry.whom->escrow, entry.instance,
             std::string(method_of(*entry.request)) + " for " + owner_text(*entry.whom) +
                 " was given a message that the coordinator's memory does not have");
  }
}

void MessageKept::durable(TimePoint, const coordinator::EscrowRecord& record) {
  if (record.phase == coordinator::Phase::ready || record.phase == coordinator::Phase::failed) {
    kept_.erase(record.id);
    return;
  }
  std::set<MessageId>& kept = kept_[record.id];
  kept.clear();
  for (const auto& of_role : record.messages)
    for (const std::string& message : of_role)
      if (!message.empty()) kept.insert(message_id(message));
}

}  // namespace escrowstorm::sim
