#include "mockrpc/wallet/sweep_plan.hpp"

#include <algorithm>
#include <iterator>

#include "mockrpc/wallet/fee.hpp"

namespace escrowstorm::mockrpc {
namespace {

SpendRefused refused(std::string text) { return {SpendFault::other, std::move(text)}; }

std::size_t payment_id_bytes(const SpendTerms& terms) {
  return terms.payment_id ? payment_id_extra_bytes : 0;
}

// As equal as can be: those in front have an atomic unit more.
std::vector<Payee> parts_of(const SweepOrder& order, std::uint64_t units) {
  std::vector<Payee> parts(order.outputs, order.payee);
  const std::uint64_t rest = units % order.outputs;
  for (std::uint64_t i = 0; i < order.outputs; ++i)
    parts[i].amount = Amount::from_atomic(units / order.outputs + (i < rest ? 1 : 0));
  return parts;
}

// First for the weight alone, with an atomic unit for each payee but the last and the rest as
// change; then with what is left after the fee.
SpendOutcome<PlannedTx> sweep_one(const SpendTerms& terms, CoinList coins, const SweepOrder& order,
                                  RandomStream& random) {
  Drafter drafter(terms, random);
  const std::uint64_t found = units_of(terms, coins);
  std::vector<Payee> trial(
      std::min<std::uint64_t>(std::max<std::uint64_t>(order.outputs - 1, 1), tx_outputs_max + 1),
      order.payee);
  for (Payee& payee : trial) payee.amount = Amount::from_atomic(1);
  Amount fee = fee_for(estimated_weight(coins.size(), 2, payment_id_bytes(terms)), terms.fee_rate);
  const auto first = drafter.draft(coins, trial, fee);
  if (!first) return first.error();

  PlannedTx plan;
  plan.weight = first->weight;
  do {
    fee = fee_for(plan.weight, terms.fee_rate);
    if (fee.atomic() > found) return refused("Transaction cannot pay for itself");
    plan.payees = parts_of(order, found - fee.atomic());
    const auto made = drafter.draft(coins, plan.payees, fee);
    if (!made) return made.error();
    plan.fee = made->fee;
    plan.change = made->change;
    plan.weight = made->weight;
  } while (fee_for(plan.weight, terms.fee_rate) > plan.fee);
  plan.coins = std::move(coins);
  return plan;
}

}  // namespace

SpendOutcome<CoinList> coins_to_sweep(const SpendTerms& terms, Amount below, RandomStream& random) {
  if (std::all_of(terms.funds.begin(), terms.funds.end(),
                  [](const auto& held) { return held.second.unlocked == Amount(); }))
    return refused("No unlocked balance in the specified account");

  const std::uint64_t input_weight = estimated_weight(2, 2, 0) - estimated_weight(1, 2, 0);
  const Amount least = Amount::from_atomic(terms.fee_rate * input_weight);
  std::map<std::uint32_t, CoinList> by_address;
  bool found = false;
  for (std::size_t i = 0; i < terms.coins.size(); ++i) {
    const Coin& coin = terms.coins[i];
    const bool named = terms.addresses.empty() ||
                       std::count(terms.addresses.begin(), terms.addresses.end(), coin.address);
    if (coin.partial || coin.amount < least || !named) continue;
    found = true;
    if (below == Amount() || coin.amount < below) by_address[coin.address].push_back(i);
  }
  if (!found) return refused("No unlocked balance in the specified subaddress(es)");
  if (by_address.empty())
    return refused("The smallest amount found is not below the specified threshold");

  if (terms.addresses.empty()) {
    if (by_address.size() > 1) by_address.erase(0);
    return std::next(by_address.begin(),
                     static_cast<std::ptrdiff_t>(random.below(by_address.size())))
        ->second;
  }
  CoinList all;
  for (const auto& [address, coins] : by_address) all.insert(all.end(), coins.begin(), coins.end());
  return all;
}

SpendOutcome<std::vector<PlannedTx>> plan_sweep(const SpendTerms& terms, CoinList coins,
                                                const SweepOrder& order, RandomStream& random) {
  std::vector<PlannedTx> plans;
  CoinList selected;
  while (!coins.empty()) {
    selected.push_back(take_least_related(terms.coins, coins, selected, Choice::random, random));
    const bool full =
        estimated_weight(selected.size(), 2, payment_id_bytes(terms)) >= tx_weight_target;
    if (!full && !coins.empty()) continue;
    auto plan = sweep_one(terms, std::move(selected), order, random);
    if (!plan) return plan.error();
    plans.push_back(std::move(*plan));
    selected.clear();
  }
  return plans;
}

}  // namespace escrowstorm::mockrpc
