#include "sim/invariants/fresh_nonces.hpp"

#include <algorithm>

#include "mockrpc/wallet/wallet.hpp"
#include "sim/invariants/wallet_owner.hpp"

namespace escrowstorm::sim {

void FreshNonces::executed(const mockrpc::LedgerEntry& entry) {
  if (const auto* request = get_if<walletrpc::SignMultisig>(entry.request))
    check(entry, request->tx_data_hex);
  book_.executed(entry);
}

void FreshNonces::check(const mockrpc::LedgerEntry& entry, const std::string& txset) {
  const std::vector<MadeInfo>* rests_on = book_.infos_of(txset);
  if (!rests_on || !entry.wallet) return;
  const auto generation = book_.generation_at(entry.instance);
  if (!generation) return;
  const std::string& wallet = entry.wallet->name();
  const auto info = std::find_if(rests_on->begin(), rests_on->end(),
                                 [&](const MadeInfo& one) { return one.wallet == wallet; });
  if (info != rests_on->end() && info->generation == *generation) return;
  violated(entry.at, entry.whom ? std::optional(entry.whom->escrow) : std::nullopt, entry.instance,
           wallet_text(wallet) + " was given a transaction to sign that " +
               (info == rests_on->end() ? "does not rest on its multisig info"
                                        : "rests on a multisig info before its last one"));
}

}  // namespace escrowstorm::sim
