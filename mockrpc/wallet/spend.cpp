// The transactions that a wallet makes.
#include <algorithm>

#include "mockrpc/wallet/spending.hpp"
#include "mockrpc/wallet/transfer_plan.hpp"
#include "mockrpc/wallet/wallet.hpp"

namespace escrowstorm::mockrpc {
namespace {

std::vector<PendingTx> make_all(const Spender& wallet, const SpendOrder& order,
                                const SpendTerms& terms, const std::vector<PlannedTx>& plans,
                                RandomStream& random) {
  std::vector<PendingTx> txs;
  for (const PlannedTx& plan : plans) txs.push_back(make_tx(wallet, order, terms, plan, random));
  return txs;
}

}  // namespace

Spender Wallet::spender() const {
  Spender spender{.chain = chain(),
                  .version = *host_.version,
                  .money = cache_.money,
                  .shown = cache_.subaddresses,
                  .addresses = addresses(),
                  .multisig = std::nullopt,
                  .enforce_ring_size = host_.enforce_ring_size};
  if (keys_.multisig) spender.multisig.emplace(MultisigPlace{signer(), keys_.multisig->signers});
  return spender;
}

MultisigSigner Wallet::signer() const {
  return {*host_.keys, *host_.version, host_.keys->public_key(keys_.spend_secret),
          keys_.multisig->threshold};
}

// Without a daemon it goes by what that said before, since it was opened.
SpendOutcome<std::uint64_t> Wallet::fee_rate(std::uint32_t priority) {
  if (chain() != nullptr) fee_rates_ = rates_of(*chain());
  if (!fee_rates_)
    return SpendRefused{SpendFault::other,
                        refreshed_ ? "Failed to get earliest fork height" : "Failed to get height"};
  if (priority == 0 && chain() != nullptr) priority = chosen_priority(spender());
  return mockrpc::fee_rate(*fee_rates_, priority);
}

SpendOutcome<std::vector<PendingTx>> Wallet::make_transfer(const TransferOrder& order,
                                                           RandomStream& random) {
  const auto rate = fee_rate(order.spend.priority);
  if (!rate) return rate.error();
  const Spender wallet = spender();
  const SpendTerms terms = terms_for(wallet, order.spend, *rate);
  const auto plans = TransferPlanner(terms, order.payees, order.fee_payers, random).plan();
  if (!plans) return plans.error();
  return make_all(wallet, order.spend, terms, *plans, random);
}

SpendOutcome<std::vector<PendingTx>> Wallet::make_sweep(const SweepAllOrder& order,
                                                        RandomStream& random) {
  const auto rate = fee_rate(order.spend.priority);
  if (!rate) return rate.error();
  const Spender wallet = spender();
  const SpendTerms terms = terms_for(wallet, order.spend, *rate);
  const auto coins = coins_to_sweep(terms, order.below, random);
  if (!coins) return coins.error();
  const auto plans = plan_sweep(terms, *coins, order.sweep, random);
  if (!plans) return plans.error();
  return make_all(wallet, order.spend, terms, *plans, random);
}

SpendOutcome<std::vector<PendingTx>> Wallet::make_sweep_of(SweepSingleOrder order,
                                                           RandomStream& random) {
  const auto rate = fee_rate(order.spend.priority);
  if (!rate) return rate.error();
  const auto& outputs = cache_.money.outputs;
  const auto output = std::find_if(outputs.begin(), outputs.end(), [&](const OwnedOutput& each) {
    return !each.key_image_partial && each.key_image == order.key_image;
  });
  if (output == outputs.end()) return std::vector<PendingTx>{};
  order.spend.account = output->subaddress.account;

  const Spender wallet = spender();
  const SpendTerms terms = terms_for(wallet, order.spend, *rate);
  const auto index = static_cast<std::size_t>(output - outputs.begin());
  const auto coin = std::find_if(terms.coins.begin(), terms.coins.end(),
                                 [&](const Coin& each) { return each.index == index; });
  if (coin == terms.coins.end()) return std::vector<PendingTx>{};
  const CoinList coins{static_cast<std::size_t>(coin - terms.coins.begin())};
  const auto plans = plan_sweep(terms, coins, order.sweep, random);
  if (!plans) return plans.error();
  return make_all(wallet, order.spend, terms, *plans, random);
}

SpendOutcome<void> Wallet::look_for_dust() {
  if (auto rate = fee_rate(1); !rate) return rate.error();
  if (chain() == nullptr) return SpendRefused{SpendFault::no_daemon, "no connection to daemon"};
  return {};
}

}  // namespace escrowstorm::mockrpc
