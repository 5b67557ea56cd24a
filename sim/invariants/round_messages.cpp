#include "sim/invariants/round_messages.hpp"

#include <algorithm>

#include "coordinator/setup/wallet_name.hpp"
#include "sim/invariants/wallet_owner.hpp"

namespace escrowstorm::sim {
namespace {

// Wallets of one escrow and one attempt are named alike but for the role, and for what tells copies
// of one wallet from each other.
bool are_one_group(std::string_view a, std::string_view b) {
  const auto without_role = [](std::string_view name) {
    std::string rest(coordinator::wallet_of_file(name));
    for (const Role role : all_roles)
      if (const auto at = rest.find(name_of(role)); at != rest.npos)
        rest.erase(at, name_of(role).size());
    return rest;
  };
  return without_role(a) == without_role(b);
}

// There are two of them, as a rule.
bool has_one_twice(std::span<const std::string> messages) {
  for (auto one = messages.begin(); one != messages.end(); ++one)
    if (std::find(messages.begin(), one, *one) != one) return true;
  return false;
}

}  // namespace

void RoundMessages::executed(const mockrpc::LedgerEntry& entry) {
  const std::span<const std::string> messages = messages_used_by(*entry.request);
  if (entry.whom && !messages.empty()) check(entry, messages);
  book_.executed(entry);
}

void RoundMessages::check(const mockrpc::LedgerEntry& entry,
                          std::span<const std::string> messages) {
  for (const std::string& message : messages) {
    if (auto wrong = wrong_with(entry, message))
      violated(entry.at, entry.whom->escrow, entry.instance,
               std::string(method_of(*entry.request)) + " for " + owner_text(*entry.whom) +
                   " was given " + *wrong);
  }
  if (has_one_twice(messages))
    violated(entry.at, entry.whom->escrow, entry.instance,
             std::string(method_of(*entry.request)) + " for " + owner_text(*entry.whom) +
                 " was given one message twice");
  if (messages.size() + 1 != role_count)
    violated(entry.at, entry.whom->escrow, entry.instance,
             std::string(method_of(*entry.request)) + " for " + owner_text(*entry.whom) +
                 " was given " + std::to_string(messages.size()) + " messages instead of " +
                 std::to_string(role_count - 1));
}

std::optional<std::string> RoundMessages::wrong_with(const mockrpc::LedgerEntry& entry,
                                                     const std::string& message) {
  const MadeMessage* made = book_.find(message_id(message));
  if (!made) return "a message that no wallet made";
  const auto is_of_its_escrow = [&](Role role) {
    return is_wallet_of(made->wallet, wallet_prefix(), CallFor{entry.whom->escrow, role});
  };
  if (std::none_of(all_roles.begin(), all_roles.end(), is_of_its_escrow))
    return "a message that wallet " + made->wallet + " made";
  if (entry.wallet_before.empty()) return std::nullopt;  // there is no wallet to take it
  if (is_of_its_escrow(entry.whom->role)) return "its own message";
  if (is_wallet_of(entry.wallet_before, wallet_prefix(), *entry.whom) &&
      !are_one_group(made->wallet, entry.wallet_before))
    return "a message of another attempt: of wallet " + made->wallet;
  const bool first = holds_alternative<walletrpc::MakeMultisig>(*entry.request);
  const int expected = first ? 0 : book_.last_round_of(entry.wallet_before);
  if (made->round != expected)
    return "a message of round " + std::to_string(made->round) + " in round " +
           std::to_string(expected);
  return std::nullopt;
}

}  // namespace escrowstorm::sim
