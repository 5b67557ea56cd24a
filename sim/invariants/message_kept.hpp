// message_kept: what a wallet is given in a round is in the coordinator's memory before. A wallet
// answers a round's message once: one that is used and not kept is lost with the next crash, and
// the escrow with it.
#pragma once

#include <map>
#include <set>

#include "sim/invariants/invariant.hpp"
#include "sim/invariants/message_book.hpp"

namespace escrowstorm::sim {

class MessageKept final : public Invariant {
 public:
  using Invariant::Invariant;
  void executed(const mockrpc::LedgerEntry& entry) override;
  void durable(TimePoint at, const coordinator::EscrowRecord& record) override;

 private:
  // Of each attempt, as its last durable record has them: a call that waited in its instance's
  // queue may execute when the coordinator has died since and begun another.
  using OfAttempts = std::map<std::uint32_t, std::set<MessageId>>;
  std::map<EscrowId, OfAttempts> kept_;  // little, and dropped when the escrow ended
  std::set<EscrowId> ended_;             // calls of one that was given up may execute yet
};

}  // namespace escrowstorm::sim
