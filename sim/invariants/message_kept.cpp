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
      return of_attempt.second.has(id);
    };
    if (std::any_of(kept.begin(), kept.end(), has_it)) continue;
    violated(entry.at, entry.whom->escrow, entry.instance,
             std::string(method_of(*entry.request)) + " for " + owner_text(*entry.whom) +
                 " was given a message that the coordinator's memory does not have");
  }
}

void MessageKept::durable(TimePoint, const coordinator::EscrowRecord& record) {
  if (coordinator::is_set_up(record.phase)) {
    kept_.erase(record.id);
    ended_.insert(record.id);
    return;
  }
  // A message of an attempt never changes, so each is looked at once.
  Kept& kept = kept_[record.id][record.attempt];
  for (std::size_t role = 0; role < role_count; ++role) {
    for (std::size_t round = 0; round < coordinator::message_rounds; ++round) {
      const std::string& message = record.messages[role][round];
      MessageId& id = kept.ids[role][round];
      if (message.empty()) id = 0;
      if (!message.empty() && id == 0) id = message_id(message);
    }
  }
}

bool MessageKept::Kept::has(MessageId id) const {
  return std::any_of(ids.begin(), ids.end(), [id](const auto& of_role) {
    return std::find(of_role.begin(), of_role.end(), id) != of_role.end();
  });
}

}  // namespace escrowstorm::sim
