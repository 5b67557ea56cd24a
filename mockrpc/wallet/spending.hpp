// What is asked of a wallet that spends, and what its spending reads of it. Internal to the wallet
// but for the orders.
#pragma once

#include <optional>
#include <set>

#include "mockrpc/wallet/fee.hpp"
#include "mockrpc/wallet/lookout.hpp"
#include "mockrpc/wallet/multisig_signing.hpp"
#include "mockrpc/wallet/sweep_plan.hpp"

namespace escrowstorm::mockrpc {

// What all kinds of spending have in common.
struct SpendOrder {
  std::uint32_t account = 0;
  std::vector<std::uint32_t> addresses;  // of the account; none: the wallet chooses
  std::uint32_t priority = 0;            // 0: the wallet chooses
  std::uint64_t unlock_time = 0;
  std::optional<PaymentId> payment_id;
};

struct TransferOrder {
  SpendOrder spend;
  std::vector<Payee> payees;
  std::set<std::uint32_t> fee_payers;  // by place among the payees
};

struct SweepAllOrder {
  SpendOrder spend;
  SweepOrder sweep;
  Amount below;  // zero: any
};

struct SweepSingleOrder {
  SpendOrder spend;
  SweepOrder sweep;
  Bytes32 key_image{};
};

// A multisig wallet's own place in its group.
struct MultisigPlace {
  MultisigSigner signer;
  std::span<const PublicKey> signers;
};

// The wallet that spends. All of it outlives this.
struct Spender {
  const Chain* chain = nullptr;  // none: no daemon can be reached
  const Version& version;
  const WalletMoney& money;
  const Subaddresses& shown;
  OwnAddresses& addresses;
  std::optional<MultisigPlace> multisig;
  bool enforce_ring_size = false;
};

// What the daemon says.
FeeRates rates_of(const Chain& chain);
// When none was asked for: low, unless others wait already. REQUIRES a chain.
std::uint32_t chosen_priority(const Spender& wallet);

// What the account holds, on the order's terms.
SpendTerms terms_for(const Spender& wallet, const SpendOrder& order, std::uint64_t fee_rate);

// The planned transaction, with keys for its outputs and, of a multisig wallet, the attempts to
// sign it.
PendingTx make_tx(const Spender& wallet, const SpendOrder& order, const SpendTerms& terms,
                  const PlannedTx& plan, RandomStream& random);

}  // namespace escrowstorm::mockrpc
