#include "mockrpc/wallet/tx_draft.hpp"

#include <algorithm>
#include <set>

namespace escrowstorm::mockrpc {
namespace {

// What the indices of a ring weigh: a stream's draw of members beside the real one. monero prefers
// outputs of late and is not told apart from this by what its indices weigh. Where there are too
// few, those that are missing weigh a byte each.
std::size_t drawn_offset_bytes(std::uint64_t real, std::uint64_t decoys, RandomStream& random) {
  std::set<std::uint64_t> members{real};
  if (decoys < ring_size) return varint_bytes(real) + ring_size - 1;
  while (members.size() < ring_size) members.insert(random.below(decoys));
  return offset_bytes_of(std::vector<std::uint64_t>(members.begin(), members.end()));
}

// A payment id is for one recipient beside the wallet itself; a multisig wallet does not mind.
bool pays_one_address(std::span<const Payee> payees, const CurvePoint& change_point) {
  const Address* paid = nullptr;
  for (const Payee& payee : payees) {
    const Address& to = payee.address;
    if (to.spend == change_point) continue;
    if (paid != nullptr && (to.spend != paid->spend || to.view != paid->view)) return false;
    paid = &to;
  }
  return true;
}

SpendOutcome<std::uint64_t> needed_units(std::span<const Payee> payees, Amount fee) {
  if (payees.empty())
    return SpendRefused{SpendFault::zero_destination, "transaction has no destination"};
  std::optional<Amount> needed = fee;
  for (const Payee& payee : payees) {
    if (payee.amount == Amount())
      return SpendRefused{SpendFault::zero_amount, "destination amount is zero"};
    needed = needed->plus(payee.amount);
    if (!needed)
      return SpendRefused{SpendFault::other, "transaction sum + fee exceeds 18446744.073709551615"};
  }
  return needed->atomic();
}

}  // namespace

std::uint64_t units_of(const SpendTerms& terms, const CoinList& coins) {
  std::uint64_t units = 0;
  for (const std::size_t coin : coins) units += terms.coins[coin].amount.atomic();
  return units;
}

bool needs_additional_keys(std::span<const Payee> payees) {
  std::set<CurvePoint> subaddresses;
  bool others = false;
  for (const Payee& payee : payees) {
    if (payee.address.kind == AddressKind::subaddress)
      subaddresses.insert(payee.address.spend);
    else
      others = true;
  }
  return !subaddresses.empty() && (others || subaddresses.size() > 1);
}

std::size_t output_count(std::size_t payees, bool change) {
  return std::max<std::size_t>(payees + (change ? 1 : 0), 2);
}

SpendOutcome<Draft> Drafter::draft(const CoinList& coins, std::span<const Payee> payees,
                                   Amount fee) {
  const auto needed = needed_units(payees, fee);
  if (!needed) return needed.error();
  if (!terms_.enough_signers)
    return SpendRefused{SpendFault::other,
                        "Not enough multisig data was found to sign: import multisig data from "
                        "more other participants"};
  const std::uint64_t found = units_of(terms_, coins);
  if (found < *needed)
    return SpendRefused{SpendFault::not_enough_unlocked_money, "not enough unlocked money"};
  if (!offset_bytes_)
    if (auto drawn = draw_rings(coins); !drawn) return drawn.error();

  const std::uint64_t change = found - *needed;
  const auto weight = weigh(coins, payees, output_count(payees.size(), change > 0), fee);
  if (!weight) return weight.error();
  if (std::any_of(coins.begin(), coins.end(),
                  [&](std::size_t coin) { return !terms_.coins[coin].signable; }))
    return SpendRefused{SpendFault::other, "LR not found for enough participants"};
  return Draft{fee, Amount::from_atomic(change), *weight};
}

SpendOutcome<void> Drafter::draw_rings(const CoinList& coins) {
  if (!terms_.daemon) return SpendRefused{SpendFault::other, "failed to get output distribution"};
  if (terms_.enforce_ring_size && terms_.decoys < ring_size)
    return SpendRefused{SpendFault::not_enough_outs_to_mix, "not enough outputs to use"};
  std::size_t bytes = 0;
  for (const std::size_t coin : coins)
    bytes += drawn_offset_bytes(terms_.coins[coin].global_index, terms_.decoys, random_);
  offset_bytes_ = bytes;
  return {};
}

SpendOutcome<std::uint64_t> Drafter::weigh(const CoinList& coins, std::span<const Payee> payees,
                                           std::size_t outputs, Amount fee) const {
  if (terms_.payment_id && !terms_.multisig && !pays_one_address(payees, terms_.change_point))
    return SpendRefused{SpendFault::other, "transaction was not constructed"};
  if (outputs > tx_outputs_max) return SpendRefused{SpendFault::other, "sv/gamma are too large"};
  TxShape shape;
  shape.inputs = coins.size();
  shape.outputs = outputs;
  shape.extra_bytes = extra_bytes_of(outputs, terms_.payment_id, needs_additional_keys(payees));
  shape.offset_bytes = *offset_bytes_;
  shape.unlock_time = terms_.unlock_time;
  const std::uint64_t weight = weight_of(shape, fee);
  if (weight >= tx_weight_limit) return SpendRefused{SpendFault::other, "transaction is too big"};
  return weight;
}

}  // namespace escrowstorm::mockrpc
