// one_address: the address that is published for an escrow is that of its three wallets, and of no
// other escrow; nor does it ever change.
#pragma once

#include <array>
#include <functional>
#include <map>

#include "sim/invariants/invariant.hpp"
#include "sim/invariants/wallet_facts.hpp"

namespace escrowstorm::sim {

class OneAddress final : public Invariant {
 public:
  using Invariant::Invariant;
  void executed(const mockrpc::LedgerEntry& entry) override;
  void copied(std::string_view from, std::string_view to) override { facts_.copied(from, to); }
  void durable(TimePoint at, const coordinator::EscrowRecord& record) override;

 private:
  struct Published {
    std::string address;
    std::array<std::string, role_count> wallets;
  };

  void check_wallet(TimePoint at, EscrowId escrow, std::uint32_t instance, std::string_view wallet);

  WalletFacts facts_;
  std::map<EscrowId, Published> published_;
  std::map<std::string, EscrowId, std::less<>> escrow_of_;
};

}  // namespace escrowstorm::sim
