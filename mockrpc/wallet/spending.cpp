#include "mockrpc/wallet/spending.hpp"

#include <algorithm>

#include "mockrpc/chain/chain.hpp"
#include "mockrpc/chain/emission.hpp"
#include "mockrpc/keys/hex.hpp"
#include "mockrpc/wallet/balance.hpp"

namespace escrowstorm::mockrpc {
namespace {

constexpr std::uint64_t blocks_weighed = 10;
constexpr std::uint64_t full_percent = 80;

// Whether what pays as much for its weight fills a block already.
bool is_backlogged(const Chain& chain, std::uint64_t rate) {
  return chain.pool_weight_paying(rate) >= block_weight_median;
}

// Those below this height.
bool are_blocks_full(const Chain& chain, std::uint64_t end) {
  std::uint64_t weight = 0;
  for (std::uint64_t back = 1; back <= blocks_weighed; ++back) {
    const Block& block = chain.block(end - back);
    weight += block.coinbase->weight;
    for (const auto& tx : block.transactions) weight += tx->weight;
  }
  return 100 * weight / (blocks_weighed * block_weight_median) > full_percent;
}

Coin coin_of(const OwnedOutput& output, std::size_t index, const Spender& wallet) {
  Coin coin;
  coin.index = index;
  coin.global_index = output.global_index;
  coin.amount = output.amount;
  coin.tx_hash = output.tx_hash;
  coin.height = output.height;
  coin.address = output.subaddress.address;
  coin.partial = output.key_image_partial;
  coin.signable = !wallet.multisig || is_signable(output, wallet.multisig->signer.threshold);
  return coin;
}

SpentCoin spent_coin(const OwnedOutput& output, std::size_t index) {
  return {index, output.global_index, output.key, output.amount};
}

// As they stand in a transaction: by falling key image.
void sort_by_key_image(std::vector<SpentCoin>& coins, const WalletMoney& money) {
  std::sort(coins.begin(), coins.end(), [&](const SpentCoin& a, const SpentCoin& b) {
    return money.outputs[a.index].key_image > money.outputs[b.index].key_image;
  });
}

TxOutput paying(const CurvePoint& recipient, Amount amount, RandomStream& random) {
  TxOutput output;
  output.recipient = recipient;
  output.amount = amount;
  random.fill(output.key);
  return output;
}

CurvePoint nobody(RandomStream& random) { return base_point_times(random_scalar(random)); }

std::string random_hex(RandomStream& random) {
  return to_hex(view_of(random_scalar(random).bytes));
}

// Tags, lengths and keys as they stand in a transaction's extra field, the payment id in clear.
std::string extra_of(const PendingTx& tx, std::size_t additional_keys, RandomStream& random) {
  constexpr std::string_view key_tag = "01";
  constexpr std::string_view payment_id_tag = "020901";  // a nonce of nine bytes: encrypted id
  constexpr std::string_view additional_keys_tag = "04";
  std::string extra = std::string(key_tag) + random_hex(random);
  if (tx.tx.payment_id || tx.tx.outputs.size() <= 2)
    extra.append(payment_id_tag).append(to_hex(view_of(tx.tx.payment_id.value_or(PaymentId{}))));
  if (additional_keys == 0) return extra;
  extra.append(additional_keys_tag);
  extra += to_hex(std::string(1, static_cast<char>(additional_keys)));
  for (std::size_t i = 0; i < additional_keys; ++i) extra += random_hex(random);
  return extra;
}

void add_outputs(PendingTx& tx, const Spender& wallet, RandomStream& random) {
  for (const Payee& payee : tx.payees)
    tx.tx.outputs.push_back(paying(payee.address.spend, payee.amount, random));
  if (tx.change > Amount()) {
    const SubaddressIndex home{tx.account, 0};
    tx.change_address = wallet.addresses.text(home);
    tx.tx.outputs.push_back(paying(wallet.addresses.point(home), tx.change, random));
  } else if (tx.payees.size() == 1) {
    tx.tx.outputs.push_back(paying(nobody(random), Amount(), random));
  }
  // Which one is the change must not show.
  for (std::size_t i = tx.tx.outputs.size(); i > 1; --i)
    std::swap(tx.tx.outputs[i - 1], tx.tx.outputs[random.below(i)]);
}

void add_attempts(PendingTx& tx, const Spender& wallet) {
  std::vector<const OwnedOutput*> coins;
  for (const SpentCoin& coin : tx.coins) coins.push_back(&wallet.money.outputs[coin.index]);
  const MultisigPlace& place = *wallet.multisig;
  const auto available = available_signers(place.signers, place.signer.self, wallet.money.outputs);
  tx.attempts = make_attempts(coins, available, place.signer.threshold);
}

}  // namespace

FeeRates rates_of(const Chain& chain) { return fee_rates(*block_reward(chain.top().generated, 1)); }

std::uint32_t chosen_priority(const Spender& wallet) {
  const Chain& chain = *wallet.chain;
  const std::uint64_t known = std::min(wallet.money.height, chain.height());
  const bool busy = is_backlogged(chain, rates_of(chain)[0]) ||
                    (known >= blocks_weighed && are_blocks_full(chain, known));
  return busy && wallet.version.raises_priority ? 2 : 1;
}

SpendTerms terms_for(const Spender& wallet, const SpendOrder& order, std::uint64_t fee_rate) {
  SpendTerms terms;
  terms.addresses = order.addresses;
  terms.fee_rate = fee_rate;
  terms.daemon = wallet.chain != nullptr;
  terms.decoys = wallet.chain ? wallet.chain->spendable_outputs() : 0;
  terms.enforce_ring_size = wallet.enforce_ring_size;
  terms.multisig = wallet.multisig.has_value();
  terms.payment_id = order.payment_id.has_value();
  terms.change_point = wallet.addresses.point({order.account, 0});
  terms.unlock_time = order.unlock_time;
  terms.fee_follows_weight = wallet.version.fee_follows_weight;
  if (wallet.multisig) {
    const MultisigPlace& place = *wallet.multisig;
    terms.enough_signers =
        available_signers(place.signers, place.signer.self, wallet.money.outputs).size() + 1 >=
        place.signer.threshold;
  }

  const std::uint64_t now = wallet.chain ? wallet.chain->unix_time() : 0;
  for (const auto& [address, balance] :
       balances(wallet.money, order.account, false, wallet.addresses, wallet.shown))
    terms.funds[address].balance = balance;
  for (const auto& [address, unlocked] : unlocked_balances(wallet.money, order.account, false, now))
    terms.funds[address].unlocked = unlocked.amount;
  for (std::size_t i = 0; i < wallet.money.outputs.size(); ++i) {
    const OwnedOutput& output = wallet.money.outputs[i];
    if (output.subaddress.account == order.account && !output.spent && !output.frozen &&
        is_unlocked(wallet.money, output.height, output.unlock_time, now))
      terms.coins.push_back(coin_of(output, i, wallet));
  }
  return terms;
}

PendingTx make_tx(const Spender& wallet, const SpendOrder& order, const SpendTerms& terms,
                  const PlannedTx& plan, RandomStream& random) {
  PendingTx tx;
  tx.payees = plan.payees;
  tx.change = plan.change;
  tx.account = order.account;
  std::set<std::uint32_t> addresses;
  for (const std::size_t place : plan.coins) {
    const Coin& coin = terms.coins[place];
    tx.coins.push_back(spent_coin(wallet.money.outputs[coin.index], coin.index));
    addresses.insert(coin.address);
  }
  tx.addresses.assign(addresses.begin(), addresses.end());
  sort_by_key_image(tx.coins, wallet.money);
  for (const SpentCoin& coin : tx.coins)
    tx.tx.key_images.push_back(wallet.money.outputs[coin.index].key_image);
  tx.tx.unlock_time = order.unlock_time;
  tx.tx.fee = plan.fee;
  tx.tx.weight = plan.weight;
  tx.tx.payment_id = order.payment_id;
  add_outputs(tx, wallet, random);

  const std::size_t additional_keys = needs_additional_keys(tx.payees) ? tx.tx.outputs.size() : 0;
  tx.extra = extra_of(tx, additional_keys, random);
  for (std::size_t i = 0; i < additional_keys + 1; ++i) tx.key += random_hex(random);
  if (wallet.multisig) add_attempts(tx, wallet);
  const bool is_final = !wallet.multisig || wallet.multisig->signer.threshold <= 1;
  if (is_final) random.fill(tx.tx.hash);
  return tx;
}

}  // namespace escrowstorm::mockrpc
