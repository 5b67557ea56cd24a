#include "sim/invariants/own_wallet_only.hpp"

#include <algorithm>
#include <array>

#include "sim/invariants/wallet_owner.hpp"

namespace escrowstorm::sim {
namespace {

using namespace walletrpc;

// They look and leave everything as it is; or they fill the slot, whatever was in it before.
constexpr std::array harmless_methods{
    GetVersion::method,  GetLanguages::method, CreateWallet::method,    OpenWallet::method,
    GetAddress::method,  GetAttribute::method, ValidateAddress::method, QueryKey::method,
    GetBalance::method,  GetAccounts::method,  GetHeight::method,       IsMultisig::method,
    GetTransfers::method};

bool changes_wallet(std::string_view method) {
  return std::find(harmless_methods.begin(), harmless_methods.end(), method) ==
         harmless_methods.end();
}

}  // namespace

void OwnWalletOnly::executed(const mockrpc::LedgerEntry& entry) {
  if (!entry.whom || entry.wallet_before.empty()) return;
  if (is_wallet_of(entry.wallet_before, wallet_prefix(), *entry.whom)) return;
  const std::string_view method = method_of(*entry.request);
  if (!changes_wallet(method)) return;
  violated(entry.at, entry.whom->escrow, entry.instance,
           std::string(method) + " for " + owner_text(*entry.whom) + " met " +
               wallet_text(entry.wallet_before) + " on instance " + std::to_string(entry.instance));
}

}  // namespace escrowstorm::sim
