// message_kept: what a wallet is given in a round is in the coordinator's memory before. A wallet
// answers a round's message once: one that is used and not kept is lost with the next crash, and
// the escrow with it.
#pragma once

#include <array>
#include <map>
#include <unordered_map>
#include <unordered_set>

#include "sim/invariants/invariant.hpp"
#include "sim/invariants/message_book.hpp"

namespace escrowstorm::sim {

class MessageKept final : public Invariant {
 public:
  using Invariant::Invariant;
  void executed(const mockrpc::LedgerEntry& entry) override;
  void durable(TimePoint at, const coordinator::EscrowRecord& record) override;

 private:
  // Of one attempt, as its last durable record has them; 0: not there.
  struct Kept {
    std::array<std::array<MessageId, coordinator::message_rounds>, role_count> ids{};

    bool has(MessageId id) const;
  };
  // Of all attempts: a call that waited in its instance's queue may execute when the coordinator
  // has died since and begun another.
  using OfAttempts = std::map<std::uint32_t, Kept>;
  std::unordered_map<EscrowId, OfAttempts> kept_;  // dropped when the escrow ended
  std::unordered_set<EscrowId> ended_;             // calls of one given up may execute yet
};

}  // namespace escrowstorm::sim
