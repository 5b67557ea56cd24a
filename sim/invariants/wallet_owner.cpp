#include "sim/invariants/wallet_owner.hpp"

#include <charconv>

namespace escrowstorm::sim {
namespace {

bool skip(std::string_view& text, std::string_view part) {
  if (!text.starts_with(part)) return false;
  text.remove_prefix(part.size());
  return true;
}

}  // namespace

// Compares piece by piece: this is asked about every call.
bool is_wallet_of(std::string_view wallet, std::string_view prefix, const CallFor& owner) {
  if (!skip(wallet, prefix) || !skip(wallet, "_")) return false;
  EscrowId escrow = 0;
  const char* const end = wallet.data() + wallet.size();
  const auto [digits_end, error] = std::from_chars(wallet.data(), end, escrow);
  if (error != std::errc() || escrow != owner.escrow) return false;
  wallet.remove_prefix(static_cast<std::size_t>(digits_end - wallet.data()));
  return skip(wallet, "_") && skip(wallet, name_of(owner.role)) &&
         (wallet.empty() || wallet.front() == '_' || wallet.front() == '-');
}

std::string wallet_text(std::string_view wallet) {
  if (wallet.empty()) return "no wallet";
  return "wallet " + std::string(wallet);
}

std::string owner_text(const CallFor& owner) {
  return "escrow " + std::to_string(owner.escrow) + "'s " + std::string(name_of(owner.role));
}

}  // namespace escrowstorm::sim
