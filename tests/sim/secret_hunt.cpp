#include "tests/sim/secret_hunt.hpp"

#include <algorithm>
#include <unordered_set>
#include <vector>

#include "base/walletrpc/visit.hpp"
#include "mockrpc/keys/hex.hpp"
#include "mockrpc/wallet/wallet.hpp"

namespace escrowstorm::sim {

using Kind = SecretHunt::Kind;

// Visits the parameters or the result of a call.
struct FieldsOfACall {
  SecretHunt& hunt;

  void operator()(std::string_view name, const std::string& value) const {
    if (const auto kind = kind_of(name)) hunt.add(*kind, value);
  }
  void operator()(std::string_view name, const std::vector<std::string>& values) const {
    for (const std::string& value : values) (*this)(name, value);
  }
  template <class T>
  void operator()(std::string_view, const T&) const {}

  static std::optional<Kind> kind_of(std::string_view name) {
    if (name == "password") return Kind::password;
    if (name == "multisig_info") return Kind::key_message;
    if (name == "info") return Kind::sync_info;
    if (name == "multisig_txset" || name == "tx_data_hex") return Kind::txset;
    if (name == "address") return Kind::address;
    return std::nullopt;
  }
};

namespace {

template <class T>
void visit_fields(const T& value, SecretHunt& hunt) {
  FieldsOfACall visitor{hunt};
  T::fields(value, visitor);
}

}  // namespace

void SecretHunt::executed(const mockrpc::LedgerEntry& entry) {
  add_fields_of(*entry.request);
  if (const auto* answer = std::get_if<walletrpc::Answer>(entry.outcome)) add_fields_of(*answer);
  add_keys_of(entry);
}

void SecretHunt::dropped(TimePoint, std::uint32_t, std::optional<CallFor>,
                         const walletrpc::Request& request) {
  add_fields_of(request);
}

void SecretHunt::add_fields_of(const walletrpc::Request& request) {
  walletrpc::visit([this](const auto& call) { visit_fields(call, *this); }, request);
}

void SecretHunt::add_fields_of(const walletrpc::Answer& answer) {
  walletrpc::visit([this](const auto& one) { visit_fields(one.value, *this); }, answer);
}

// Of a wallet that has new ones.
void SecretHunt::add_keys_of(const mockrpc::LedgerEntry& entry) {
  const mockrpc::Wallet* const wallet = entry.wallet;
  const bool is_new = holds_alternative<walletrpc::CreateWallet>(*entry.request);
  const bool exchanged = holds_alternative<walletrpc::ExchangeMultisigKeys>(*entry.request);
  if (!wallet || (!is_new && !exchanged)) return;
  add(Kind::secret_key, mockrpc::to_hex(mockrpc::view_of(wallet->spend_secret().bytes)));
  add(Kind::secret_key, mockrpc::to_hex(mockrpc::view_of(wallet->view_secret().bytes)));
  if (wallet->has_seed()) add(Kind::seed, wallet->mnemonic());
  if (wallet->multisig_status().ready) add(Kind::seed, wallet->multisig_seed());
}

void SecretHunt::durable(const coordinator::EscrowRecord& record) {
  for (const Role role : all_roles) {
    add(Kind::password, record.passwords[index_of(role)]);
    for (const std::string& message : record.messages[index_of(role)])
      add(Kind::key_message, message);
  }
  add(Kind::txset, record.payout.txset);
  add(Kind::address, record.address);
  add(Kind::address, record.terms.buyer_address);
  add(Kind::address, record.terms.vendor_address);
}

void SecretHunt::add(Kind kind, std::string secret) {
  if (secret.size() >= part_bytes) secrets_.emplace(std::move(secret), kind);
}

std::size_t SecretHunt::count(Kind kind) const {
  return static_cast<std::size_t>(std::count_if(
      secrets_.begin(), secrets_.end(), [kind](const auto& one) { return one.second == kind; }));
}

// Whatever has two parts' length of a secret in a row has one of those that follow each other here.
std::string SecretHunt::found_in(std::string_view text, const std::set<Kind>& but) const {
  std::unordered_set<std::string_view> parts;
  for (std::size_t at = 0; at + part_bytes <= text.size(); ++at)
    parts.insert(text.substr(at, part_bytes));
  for (const auto& [secret, kind] : secrets_) {
    if (but.contains(kind)) continue;
    for (std::size_t at = 0; at + part_bytes <= secret.size(); at += part_bytes)
      if (parts.contains(std::string_view(secret).substr(at, part_bytes)))
        return secret.substr(at, part_bytes);
  }
  return "";
}

}  // namespace escrowstorm::sim
