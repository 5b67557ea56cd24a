// A transaction made for trial: which change it leaves and what it weighs. Follows monero's wallet2
// (transfer_selected_rct). Its rings are drawn when it is first asked for and kept until the coins
// change, since their members' indices weigh.
#pragma once

#include <optional>
#include <span>

#include "mockrpc/wallet/spend_terms.hpp"
#include "mockrpc/wallet/tx_weight.hpp"

namespace escrowstorm::mockrpc {

struct Draft {
  Amount fee;
  Amount change;
  std::uint64_t weight = 0;
};

class Drafter {
 public:
  // Both outlive it.
  Drafter(const SpendTerms& terms, RandomStream& random) : terms_(terms), random_(random) {}

  // Other coins: other rings.
  void forget_rings() { offset_bytes_.reset(); }

  SpendOutcome<Draft> draft(const CoinList& coins, std::span<const Payee> payees, Amount fee);

 private:
  SpendOutcome<void> draw_rings(const CoinList& coins);
  SpendOutcome<std::uint64_t> weigh(const CoinList& coins, std::span<const Payee> payees,
                                    std::size_t outputs, Amount fee) const;

  const SpendTerms& terms_;
  RandomStream& random_;
  std::optional<std::size_t> offset_bytes_;
};

// The sum of these coins, in atomic units.
std::uint64_t units_of(const SpendTerms& terms, const CoinList& coins);

// Whether each output needs a key of its own: subaddresses are paid, and not just one alone.
bool needs_additional_keys(std::span<const Payee> payees);

// How many outputs a transaction has: the payees', and one for the change or a dummy.
std::size_t output_count(std::size_t payees, bool change);

}  // namespace escrowstorm::mockrpc
