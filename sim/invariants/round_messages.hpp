// round_messages: what a wallet is given in a round of the key exchange is what the other wallets
// of its escrow made in the round before: of no other group, of no earlier round, and none missing.
#pragma once

#include "sim/invariants/invariant.hpp"
#include "sim/invariants/message_book.hpp"

namespace escrowstorm::sim {

class RoundMessages final : public Invariant {
 public:
  using Invariant::Invariant;
  void executed(const mockrpc::LedgerEntry& entry) override;
  void copied(std::string_view from, std::string_view to) override { book_.copied(from, to); }

 private:
  void check(const mockrpc::LedgerEntry& entry, std::span<const std::string> messages);
  std::optional<std::string> wrong_with(const mockrpc::LedgerEntry& entry,
                                        const std::string& message);

  MessageBook book_;
};

}  // namespace escrowstorm::sim
