// What is known of each escrow that has a price, whatever its coordinator publishes: what is
// durable of it, and the address that its wallets ended their key exchange with, as the ledger
// tells.
#pragma once

#include <map>

#include "sim/invariants/invariant.hpp"
#include "sim/invariants/wallet_facts.hpp"

namespace escrowstorm::sim {

struct BookedEscrow {
  std::array<std::string, role_count> wallets;
  coordinator::Terms terms;
  std::optional<coordinator::Decision> decision;
};

class EscrowBook {
 public:
  void executed(const mockrpc::LedgerEntry& entry) { facts_.executed(entry); }
  void copied(std::string_view from, std::string_view to) { facts_.copied(from, to); }
  void durable(const coordinator::EscrowRecord& record);

  const std::map<EscrowId, BookedEscrow>& escrows() const { return escrows_; }
  const BookedEscrow* find(EscrowId escrow) const;

  // Where its wallets can see money and spend it; nothing as long as none is ready.
  const std::string* address_of(const BookedEscrow& escrow) const;

 private:
  std::map<EscrowId, BookedEscrow> escrows_;
  WalletFacts facts_;
};

}  // namespace escrowstorm::sim
