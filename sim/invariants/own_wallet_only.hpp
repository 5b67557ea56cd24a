// own_wallet_only: a call that is made for an escrow and changes a wallet changes that escrow's,
// and the one of its role. To look at another's, as get_attribute does to find out whose it is, is
// no harm.
#pragma once

#include "sim/invariants/invariant.hpp"

namespace escrowstorm::sim {

class OwnWalletOnly final : public Invariant {
 public:
  using Invariant::Invariant;
  void executed(const mockrpc::LedgerEntry& entry) override;
};

}  // namespace escrowstorm::sim
