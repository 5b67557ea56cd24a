// What a txset would pay.
#include <algorithm>

#include "mockrpc/instance/methods.hpp"
#include "mockrpc/keys/hex.hpp"
#include "mockrpc/wallet/multisig_txset.hpp"
#include "mockrpc/wallet/tx_weight.hpp"

namespace escrowstorm::mockrpc {

using namespace walletrpc;

namespace {

using Description = DescribeTransfer::Description;

// A txset is what somebody sent: its amounts may be more than there is.
Amount capped_sum(Amount a, Amount b) { return a.plus(b).value_or(Amount::from_atomic(~0ull)); }

bool is_sent(const std::optional<PaymentId>& id) { return id && *id != PaymentId{}; }

// The address as it is paid, whatever form it was given in.
std::string shown(const Payee& payee, const std::optional<PaymentId>& id) {
  Address address = payee.address;
  if (address.kind != AddressKind::subaddress)
    address.kind = is_sent(id) ? AddressKind::integrated : AddressKind::standard;
  address.payment_id = is_sent(id) ? *id : PaymentId{};
  return address_text(address);
}

// Each address once.
void add_recipient(std::vector<TransferDestination>& recipients, std::string address,
                   Amount amount) {
  const auto known =
      std::find_if(recipients.begin(), recipients.end(),
                   [&](const TransferDestination& each) { return each.address == address; });
  if (known == recipients.end())
    recipients.push_back({std::move(address), amount});
  else
    known->amount = capped_sum(known->amount, amount);
}

Description describe(const PendingTx& tx, const Version& version) {
  Description desc;
  for (const SpentCoin& coin : tx.coins) {
    desc.amount_in = capped_sum(desc.amount_in, coin.amount);
    if (version.tells_payees_apart)
      desc.sources.push_back({coin.amount, coin.global_index, to_hex(view_of(coin.key)), true});
  }
  for (const TxOutput& output : tx.tx.outputs) {
    desc.amount_out = capped_sum(desc.amount_out, output.amount);
    if (output.amount == Amount()) ++desc.dummy_outputs;
  }
  for (const Payee& payee : tx.payees)
    add_recipient(desc.recipients, shown(payee, tx.tx.payment_id), payee.amount);
  desc.change_amount = tx.change;
  desc.change_address = tx.change_address;
  desc.extra = tx.extra;
  desc.fee = tx.tx.fee;
  if (is_sent(tx.tx.payment_id)) desc.payment_id = to_hex(view_of(*tx.tx.payment_id));
  desc.ring_size = ring_size;
  desc.unlock_time = tx.tx.unlock_time;
  return desc;
}

void add(DescribeTransfer::Summary& summary, const Description& desc) {
  summary.amount_in = capped_sum(summary.amount_in, desc.amount_in);
  summary.amount_out = capped_sum(summary.amount_out, desc.amount_out);
  summary.change_amount = capped_sum(summary.change_amount, desc.change_amount);
  summary.fee = capped_sum(summary.fee, desc.fee);
  if (!desc.change_address.empty()) summary.change_address = desc.change_address;
  for (const TransferDestination& to : desc.recipients)
    add_recipient(summary.recipients, to.address, to.amount);
}

}  // namespace

// There are no watch-only wallets here, which make the unsigned sets of the real one.
Execution run(Slot& slot, const DescribeTransfer& request) {
  if (!slot.wallet) return no_wallet_open();
  const bool is_multisig = request.unsigned_txset.empty();
  const std::string& txset = is_multisig ? request.multisig_txset : request.unsigned_txset;
  if (txset.empty()) return failed(error_code::unknown_error, "no txset provided");
  const std::optional<std::string> bytes = from_hex(txset);
  if (!bytes) return failed(error_code::bad_hex, "Failed to parse hex.");
  if (!is_multisig) return failed(error_code::bad_unsigned_tx_data, "cannot load unsigned_txset");
  const std::optional<MultisigTxSet> set = slot.wallet->open_txset(*bytes);
  if (!set) return failed(error_code::bad_multisig_tx_data, "cannot load multisig_txset");

  DescribeTransfer::Answer answer;
  for (const PendingTx& tx : set->txs) {
    answer.desc.push_back(describe(tx, *slot.host.version));
    add(answer.summary, answer.desc.back());
  }
  return answered<DescribeTransfer>(std::move(answer));
}

}  // namespace escrowstorm::mockrpc
