// What is decided about an escrow's money: to whom it goes, and which two wallets sign for it. A
// release is the buyer's word and the vendor signs, a refund the other way round; a dispute is
// decided by the arbiter, and who wins it signs.
#pragma once

#include <array>
#include <optional>
#include <string_view>

#include "base/role.hpp"

namespace escrowstorm::coordinator {

enum class Decision : unsigned char { release, refund, dispute_for_vendor, dispute_for_buyer };

inline constexpr std::array all_decisions{
    Decision::release, Decision::refund, Decision::dispute_for_vendor, Decision::dispute_for_buyer};

constexpr std::string_view name_of(Decision decision) {
  constexpr std::array<std::string_view, all_decisions.size()> names{
      "release", "refund", "dispute_for_vendor", "dispute_for_buyer"};
  return names[static_cast<std::size_t>(decision)];
}

// Nothing when no decision has that name.
constexpr std::optional<Decision> decision_named(std::string_view name) {
  for (const Decision decision : all_decisions) {
    if (name_of(decision) == name) return decision;
  }
  return std::nullopt;
}

constexpr Role payee_of(Decision decision) {
  const bool vendor = decision == Decision::release || decision == Decision::dispute_for_vendor;
  return vendor ? Role::vendor : Role::buyer;
}

// Whose wallet makes the transaction, and whose signs it after having looked at it.
struct Signers {
  Role creator;
  Role signer;
};

constexpr Signers signers_of(Decision decision) {
  switch (decision) {
    case Decision::release:
      return {Role::buyer, Role::vendor};
    case Decision::refund:
      return {Role::vendor, Role::buyer};
    case Decision::dispute_for_vendor:
    case Decision::dispute_for_buyer:
      break;
  }
  return {Role::arbiter, payee_of(decision)};
}

}  // namespace escrowstorm::coordinator
