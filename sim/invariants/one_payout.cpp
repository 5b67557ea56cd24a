#include "sim/invariants/one_payout.hpp"

#include <algorithm>
#include <set>
#include <variant>

#include "mockrpc/keys/hex.hpp"

namespace escrowstorm::sim {

using walletrpc::SubmitMultisig;

void OnePayout::executed(const mockrpc::LedgerEntry& entry) {
  book_.executed(entry);
  if (!holds_alternative<SubmitMultisig>(*entry.request)) return;
  const auto* answer = std::get_if<walletrpc::Answer>(entry.outcome);
  if (!answer) return;
  const auto& hashes = get<walletrpc::AnswerTo<SubmitMultisig>>(*answer).value.tx_hash_list;
  for (const std::string& hash : hashes) submitted_with_.try_emplace(hash, hashes.front());
}

void OnePayout::over(TimePoint at) {
  if (!money().chain) return;
  for (const auto& [id, escrow] : book_.escrows()) {
    const std::string* address = book_.address_of(escrow);
    const auto recipient = address ? recipient_of(*address) : std::nullopt;
    if (recipient) check(at, id, escrow, history_of(*money().chain, *recipient));
  }
}

void OnePayout::check(TimePoint at, EscrowId id, const BookedEscrow& escrow,
                      const AddressHistory& history) {
  if (history.spends.empty()) return;
  const std::string who = "escrow " + std::to_string(id);
  if (const std::size_t payouts = payouts_in(history); payouts > 1)
    violated(at, id, std::nullopt, who + " was paid out " + std::to_string(payouts) + " times");
  if (!escrow.decision) {
    violated(at, id, std::nullopt, who + " was paid out, and nothing durable says to whom");
    return;
  }
  const Role payee = coordinator::payee_of(*escrow.decision);
  const auto recipient = recipient_of(escrow.terms.address_of(payee));
  const auto goes_elsewhere = [&](const mockrpc::TxOutput& output) {
    return output.amount != Amount() && output.recipient != recipient;
  };
  for (const auto& spend : history.spends)
    if (std::any_of(spend->outputs.begin(), spend->outputs.end(), goes_elsewhere))
      violated(at, id, std::nullopt,
               who + " paid another than its " + std::string(name_of(payee)) + ", as was decided");
}

std::size_t OnePayout::payouts_in(const AddressHistory& history) const {
  std::set<std::string> payouts;
  for (const auto& spend : history.spends) {
    const std::string hash = mockrpc::to_hex(mockrpc::view_of(spend->hash));
    const auto at = submitted_with_.find(hash);
    payouts.insert(at == submitted_with_.end() ? hash : at->second);
  }
  return payouts.size();
}

}  // namespace escrowstorm::sim
