#include "sim/invariants/wallet_facts.hpp"

#include <variant>

#include "mockrpc/wallet/wallet.hpp"

namespace escrowstorm::sim {
namespace {

using walletrpc::ExchangeMultisigKeys;

// The address that an exchange answered; empty as long as it is not the last one.
std::string_view address_in(const mockrpc::CallOutcome& outcome) {
  const auto* answer = std::get_if<walletrpc::Answer>(&outcome);
  if (!answer) return {};
  const auto* exchanged = get_if<walletrpc::AnswerTo<ExchangeMultisigKeys>>(answer);
  return exchanged ? std::string_view(exchanged->value.address) : std::string_view();
}

}  // namespace

void WalletFacts::executed(const mockrpc::LedgerEntry& entry) {
  if (!entry.wallet) return;
  const std::string& wallet = entry.wallet->name();
  if (holds_alternative<ExchangeMultisigKeys>(*entry.request)) {
    const std::string_view address = address_in(*entry.outcome);
    if (!address.empty() && entry.wallet->multisig_status().ready)
      addresses_.insert_or_assign(wallet, std::string(address));
  } else if (holds_alternative<walletrpc::OpenWallet>(*entry.request)) {
    // What its file says: an exchange that was not saved has not been.
    if (!entry.wallet->multisig_status().ready) forget(wallet);
  }
}

void WalletFacts::copied(std::string_view from, std::string_view to) {
  if (const std::string* const address = address_of(from))
    addresses_.insert_or_assign(std::string(to), *address);
  else
    forget(to);
}

const std::string* WalletFacts::address_of(std::string_view wallet) const {
  const auto at = addresses_.find(wallet);
  return at == addresses_.end() ? nullptr : &at->second;
}

void WalletFacts::forget(std::string_view wallet) {
  const auto at = addresses_.find(wallet);
  if (at != addresses_.end()) addresses_.erase(at);
}

}  // namespace escrowstorm::sim
