// fresh_nonces: a transaction is given to sign to a wallet only that still has the nonces which it
// was made with. A wallet that has told others its multisig info anew, since the one that the
// transaction rests on, has thrown them away: nobody may sync while a spend is under way. Judged by
// what was asked, whatever the wallet answers. A wallet that died unsaved may have lost them
// without a fault of anybody's: then it is not judged.
#pragma once

#include "sim/invariants/invariant.hpp"
#include "sim/invariants/nonce_book.hpp"

namespace escrowstorm::sim {

class FreshNonces final : public Invariant {
 public:
  using Invariant::Invariant;
  void executed(const mockrpc::LedgerEntry& entry) override;
  void copied(std::string_view from, std::string_view to) override { book_.copied(from, to); }
  void killed(TimePoint at, std::uint32_t instance) override {
    (void)at;
    book_.killed(instance);
  }

 private:
  void check(const mockrpc::LedgerEntry& entry, const std::string& txset);

  NonceBook book_;
};

}  // namespace escrowstorm::sim
