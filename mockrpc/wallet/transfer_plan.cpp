#include "mockrpc/wallet/transfer_plan.hpp"

#include <algorithm>
#include <cassert>

#include "mockrpc/wallet/fee.hpp"
#include "mockrpc/wallet/fee_payers.hpp"

namespace escrowstorm::mockrpc {
namespace {

// A second input that is not needed is taken only when so many others of some value are left.
constexpr Amount much = Amount::from_atomic(2 * Amount::per_xmr);
constexpr std::size_t much_left_min = 5;

constexpr std::size_t payees_max = tx_outputs_max - 1;

std::size_t payment_id_bytes(const SpendTerms& terms) {
  return terms.payment_id ? payment_id_extra_bytes : 0;
}

void remove_coin(CoinList& coins, std::size_t coin) {
  const auto found = std::find(coins.begin(), coins.end(), coin);
  if (found == coins.end()) return;
  *found = coins.back();
  coins.pop_back();
}

bool same_address(const Payee& a, const Payee& b) {
  return a.address.spend == b.address.spend && a.address.view == b.address.view;
}

}  // namespace

TransferPlanner::TransferPlanner(const SpendTerms& terms, std::vector<Payee> payees,
                                 std::set<std::uint32_t> fee_payers, RandomStream& random)
    : terms_(terms),
      random_(random),
      drafter_(terms, random),
      fee_payers_(std::move(fee_payers)),
      left_(std::move(payees)) {}

SpendOutcome<std::vector<PlannedTx>> TransferPlanner::plan() {
  if (auto checked = check(); !checked) return checked.error();
  const std::set<std::uint32_t> from = addresses();
  if (auto checked = check_funds(from); !checked) return checked.error();
  gather(from);
  if (purses_.empty()) return std::vector<PlannedTx>{};
  prefer(from);

  built_.emplace_back();
  while (goes_on()) {
    const auto coin = pick();
    if (!coin) return coin.error();
    if (!*coin) break;
    current().tx.coins.push_back(**coin);
    drafter_.forget_rings();
    pay_from(terms_.coins[**coin].amount.atomic());
    const auto due = is_due();
    if (!due) return due.error();
    if (*due)
      if (auto tried = try_building(); !tried) return tried.error();
    next_purse();
  }
  if (adding_fee_) return not_possible();
  return finished();
}

SpendOutcome<void> TransferPlanner::check() {
  if (left_.empty())
    return SpendRefused{SpendFault::zero_destination, "transaction has no destination"};
  if (!fee_payers_.empty() && *fee_payers_.rbegin() >= left_.size())
    return SpendRefused{SpendFault::other,
                        "subtractfeefrom: bad index: " + std::to_string(*fee_payers_.rbegin()) +
                            " (indexes are 0-based)"};
  if (!fee_payers_.empty() && left_.size() > payees_max)
    return SpendRefused{SpendFault::other,
                        "subtractfeefrom transfers cannot be split over multiple transactions yet"};
  Amount sum;
  for (const Payee& payee : left_) {
    if (payee.amount == Amount())
      return SpendRefused{SpendFault::zero_amount, "destination amount is zero"};
    const auto more = sum.plus(payee.amount);
    if (!more)
      return SpendRefused{SpendFault::other, "transaction sum + fee exceeds 18446744.073709551615"};
    sum = *more;
  }
  needed_ = sum.atomic();
  return {};
}

std::set<std::uint32_t> TransferPlanner::addresses() const {
  std::set<std::uint32_t> addresses(terms_.addresses.begin(), terms_.addresses.end());
  if (addresses.empty())
    for (const auto& [address, funds] : terms_.funds) addresses.insert(address);
  return addresses;
}

// First the balance, then what of it is unlocked: the two have different texts. As in the real one
// the fee is taken for an estimate of its size here, and sums may wrap around.
SpendOutcome<void> TransferPlanner::check_funds(const std::set<std::uint32_t>& addresses) const {
  std::uint64_t balance = 0;
  std::uint64_t unlocked = 0;
  for (const std::uint32_t address : addresses) {
    const auto found = terms_.funds.find(address);
    if (found == terms_.funds.end()) continue;
    balance += found->second.balance.atomic();
    unlocked += found->second.unlocked.atomic();
  }
  const std::uint64_t fee = terms_.fee_rate * estimated_size(1, 2, payment_id_bytes(terms_));
  const std::uint64_t needed = needed_ + (fee_payers_.empty() ? fee : 0);
  const auto lacking = [&](std::uint64_t held) {
    return needed > held || (!fee_payers_.empty() && fee > held);
  };
  if (lacking(balance)) return SpendRefused{SpendFault::not_enough_money, "not enough money"};
  if (lacking(unlocked))
    return SpendRefused{SpendFault::not_enough_unlocked_money, "not enough unlocked money"};
  return {};
}

// The richest address first. Coins that are worth less than it costs to spend them are no coins.
void TransferPlanner::gather(const std::set<std::uint32_t>& addresses) {
  const std::uint64_t input_weight = estimated_weight(2, 2, 0) - estimated_weight(1, 2, 0);
  const Amount least = Amount::from_atomic(terms_.fee_rate * input_weight);
  for (std::size_t i = 0; i < terms_.coins.size(); ++i) {
    const Coin& coin = terms_.coins[i];
    if (coin.partial || coin.amount < least || !addresses.contains(coin.address)) continue;
    const auto purse = std::find_if(purses_.begin(), purses_.end(), [&](const Purse& known) {
      return known.address == coin.address;
    });
    if (purse == purses_.end())
      purses_.push_back({coin.address, {i}});
    else
      purse->coins.push_back(i);
  }
  std::stable_sort(purses_.begin(), purses_.end(), [&](const Purse& a, const Purse& b) {
    return terms_.funds.at(a.address).unlocked > terms_.funds.at(b.address).unlocked;
  });
}

void TransferPlanner::prefer(const std::set<std::uint32_t>& addresses) {
  const std::uint64_t fee =
      fee_for(estimated_weight(2, 2, payment_id_bytes(terms_)), terms_.fee_rate).atomic();
  const Amount needed = Amount::from_atomic(needed_ + (fee_payers_.empty() ? fee : 0));
  // Of the addresses to spend from, their places among all coins kept.
  std::vector<Coin> eligible;
  CoinList places;
  for (std::size_t i = 0; i < terms_.coins.size(); ++i) {
    if (!addresses.contains(terms_.coins[i].address)) continue;
    eligible.push_back(terms_.coins[i]);
    places.push_back(i);
  }
  for (const std::size_t coin : preferred_coins(eligible, needed))
    preferred_.push_back(places[coin]);
  if (preferred_.empty()) return;
  const std::uint32_t address = terms_.coins[preferred_.front()].address;
  const auto purse = std::find_if(purses_.begin(), purses_.end(),
                                  [&](const Purse& known) { return known.address == address; });
  if (purse != purses_.end()) std::iter_swap(purses_.begin(), purse);
}

// Besides paying: a transaction of one input would rather have two.
bool TransferPlanner::goes_on() const {
  return to_pay() || adding_fee_ || !preferred_.empty() ||
         (current().tx.coins.size() <= 1 && !coins().empty());
}

// Nothing when the transaction is done as it is.
SpendOutcome<std::optional<std::size_t>> TransferPlanner::pick() {
  if (coins().empty()) return not_possible();
  if (!preferred_.empty()) {
    const std::size_t coin = preferred_.back();
    preferred_.pop_back();
    remove_coin(coins(), coin);
    return std::optional(coin);
  }
  if (!to_pay() && !adding_fee_) return pick_second();
  return std::optional(
      take_least_related(terms_.coins, coins(), current().tx.coins, Choice::random, random_));
}

std::optional<std::size_t> TransferPlanner::pick_second() {
  const CoinList& selected = current().tx.coins;
  const std::size_t coin = least_related_smallest(terms_.coins, coins(), selected);
  const auto much_left = std::count_if(coins().begin(), coins().end(), [&](std::size_t other) {
    return terms_.coins[other].amount >= much;
  });
  if (terms_.coins[coin].amount >= much && static_cast<std::size_t>(much_left) < much_left_min)
    return std::nullopt;
  if (relatedness(terms_.coins[coin], terms_.coins[selected.front()]) > 0) return std::nullopt;
  remove_coin(coins(), coin);
  return coin;
}

// Pays as many as the coin can, the last perhaps in part.
void TransferPlanner::pay_from(std::uint64_t available) {
  slots_exhausted_ = false;
  if (adding_fee_) {
    available_for_fee_ += available;
    return;
  }
  while (!left_.empty() && left_.front().amount.atomic() <= available && has_room()) {
    const std::uint64_t units = left_.front().amount.atomic();
    if (!add_payee(units)) return;
    available -= units;
    // As in the real one the last takes the place of the first.
    left_.front() = left_.back();
    left_.pop_back();
    ++paid_in_current_;
    ++paid_;
  }
  if (available == 0 || left_.empty() || !has_room() || !add_payee(available)) return;
  left_.front().amount = Amount::from_atomic(left_.front().amount.atomic() - available);
}

bool TransferPlanner::has_room() const {
  return estimated_weight(current().tx.coins.size(), current().tx.payees.size() + 1,
                          payment_id_bytes(terms_)) < tx_weight_target;
}

// Whether there was a slot for the next of those to be paid, who may be in there in part.
bool TransferPlanner::add_payee(std::uint64_t units) {
  std::vector<Payee>& payees = current().tx.payees;
  if (paid_in_current_ == payees.size()) {
    if (payees.size() >= payees_max) {
      slots_exhausted_ = true;
      return false;
    }
    payees.push_back(left_.front());
    payees.back().amount = Amount();
    current().pays_fee.push_back(fee_payers_.contains(paid_));
  }
  Payee& payee = payees[paid_in_current_];
  payee.amount = Amount::from_atomic(payee.amount.atomic() + units);
  return true;
}

SpendOutcome<bool> TransferPlanner::is_due() {
  if (slots_exhausted_) return true;
  if (!preferred_.empty()) return false;
  if (adding_fee_) return available_for_fee_ >= needed_fee_;
  const bool due = left_.empty() || !has_room();
  if (due && current().tx.payees.empty())
    return SpendRefused{SpendFault::other, "transaction would be too big"};
  return due;
}

SpendOutcome<void> TransferPlanner::try_building() {
  const PlannedTx& tx = current().tx;
  std::uint64_t outputs = 0;
  for (const Payee& payee : tx.payees) outputs += payee.amount.atomic();
  const std::uint64_t inputs = units_of(terms_, tx.coins);
  const std::size_t count = output_count(tx.payees.size(), inputs != outputs);
  needed_fee_ =
      fee_for(estimated_weight(tx.coins.size(), count, payment_id_bytes(terms_)), terms_.fee_rate)
          .atomic();
  carve_fee();
  outputs = 0;
  for (const Payee& payee : tx.payees) outputs += payee.amount.atomic();
  if (inputs < outputs + (fee_payers_.empty() ? needed_fee_ : 0)) {
    adding_fee_ = true;
    return {};
  }

  const auto first = draft(needed_fee_);
  if (!first) return first.error();
  needed_fee_ = fee_for(first->weight, terms_.fee_rate).atomic();
  std::uint64_t spare = 0;
  bool payees_pay = false;
  for (std::size_t i = 0; i < tx.payees.size(); ++i) {
    if (!current().pays_fee[i]) continue;
    payees_pay = true;
    spare += tx.payees[i].amount.atomic();
  }
  available_for_fee_ = first->fee.atomic() + (payees_pay ? spare : first->change.atomic());
  carve_fee();
  if (needed_fee_ > available_for_fee_) {
    adding_fee_ = true;
    return {};
  }
  return settle(*first);
}

// Until the fee is enough for the weight, which its own size is part of.
SpendOutcome<void> TransferPlanner::settle(Draft made) {
  if (terms_.fee_follows_weight || needed_fee_ > made.fee.atomic()) {
    do {
      const auto again = draft(needed_fee_);
      if (!again) return again.error();
      made = *again;
      needed_fee_ = fee_for(made.weight, terms_.fee_rate).atomic();
    } while (needed_fee_ > made.fee.atomic());
  }
  PlannedTx& tx = current().tx;
  tx.fee = made.fee;
  tx.change = made.change;
  tx.weight = made.weight;
  adding_fee_ = false;
  if (left_.empty()) return {};
  built_.emplace_back();
  paid_in_current_ = 0;
  return {};
}

SpendOutcome<Draft> TransferPlanner::draft(std::uint64_t fee) {
  const auto payees =
      payees_after_fee(current().tx.payees, current().pays_fee, Amount::from_atomic(fee));
  if (!payees) return payees.error();
  return drafter_.draft(current().tx.coins, *payees, Amount::from_atomic(fee));
}

// Who is paid in part gets so much less of this transaction, and more of the next.
void TransferPlanner::carve_fee() {
  std::vector<Payee>& payees = current().tx.payees;
  if (needed_fee_ <= available_for_fee_ || !to_pay() || payees.size() <= paid_in_current_) return;
  const auto payee = std::find_if(payees.begin(), payees.end(), [&](const Payee& paid) {
    return same_address(paid, left_.front());
  });
  assert(payee != payees.end());
  const std::uint64_t units = payee->amount.atomic();
  if (units <= needed_fee_) return;
  payee->amount = Amount::from_atomic(units - needed_fee_);
  left_.front().amount = Amount::from_atomic(left_.front().amount.atomic() + needed_fee_);
  available_for_fee_ = needed_fee_;
}

void TransferPlanner::next_purse() {
  if ((to_pay() || adding_fee_) && coins().empty() && purses_.size() > 1)
    purses_.erase(purses_.begin());
}

SpendOutcome<std::vector<PlannedTx>> TransferPlanner::finished() {
  std::vector<PlannedTx> plans;
  for (Building& building : built_) {
    auto payees = payees_after_fee(building.tx.payees, building.pays_fee, building.tx.fee);
    if (!payees) return payees.error();
    building.tx.payees = std::move(*payees);
    plans.push_back(std::move(building.tx));
  }
  return plans;
}

SpendRefused TransferPlanner::not_possible() const {
  return {SpendFault::tx_not_possible, "tx not possible"};
}

}  // namespace escrowstorm::mockrpc
