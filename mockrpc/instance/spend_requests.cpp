#include "mockrpc/instance/spend_requests.hpp"

#include "mockrpc/chain/transaction_bytes.hpp"
#include "mockrpc/instance/multisig_common.hpp"
#include "mockrpc/keys/hex.hpp"
#include "mockrpc/wallet/tx_weight.hpp"

namespace escrowstorm::mockrpc {

using namespace walletrpc;

namespace {

Execution wrong_payment_id(std::string text) {
  return failed(error_code::wrong_payment_id, std::move(text));
}

std::string hex_of(const Bytes32& bytes) { return to_hex(view_of(bytes)); }

std::vector<std::string> hex_of(const std::vector<Bytes32>& list) {
  std::vector<std::string> texts;
  for (const Bytes32& bytes : list) texts.push_back(hex_of(bytes));
  return texts;
}

std::vector<Amount> amounts_of(const PendingTx& tx) {
  std::vector<Amount> amounts;
  for (const Payee& payee : tx.payees) amounts.push_back(payee.amount);
  return amounts;
}

Amount total_of(const PendingTx& tx) {
  Amount total;
  for (const Payee& payee : tx.payees) total = *total.plus(payee.amount);
  return total;
}

int code_of(SpendFault fault) {
  switch (fault) {
    case SpendFault::zero_destination:
      return error_code::zero_destination;
    case SpendFault::zero_amount:
      return error_code::zero_amount;
    case SpendFault::not_enough_money:
      return error_code::not_enough_money;
    case SpendFault::not_enough_unlocked_money:
      return error_code::not_enough_unlocked_money;
    case SpendFault::tx_not_possible:
      return error_code::tx_not_possible;
    case SpendFault::not_enough_outs_to_mix:
      return error_code::not_enough_outs_to_mix;
    case SpendFault::no_daemon:
      return error_code::no_daemon_connection;
    case SpendFault::other:
      break;
  }
  return error_code::generic_transfer_error;
}

void describe(SentTransactions& answer, const Slot& slot, const PendingTx& tx,
              const SendOptions& options) {
  if (options.get_key) answer.tx_key_list.push_back(tx.key);
  answer.amount_list.push_back(total_of(tx));
  if (slot.host.version->tells_payees_apart)
    answer.amounts_by_dest_list.push_back({amounts_of(tx)});
  answer.fee_list.push_back(tx.tx.fee);
  answer.weight_list.push_back(tx.tx.weight);
  answer.spent_key_images_list.push_back({hex_of(tx.tx.key_images)});
}

}  // namespace

std::optional<Execution> refused_to_spend(const Slot& slot, std::uint64_t unlock_time) {
  if (!slot.wallet) return no_wallet_open();
  if (unlock_time != 0 && slot.host.version->refuses_unlock_time)
    return failed(error_code::nonzero_unlock_time, "Transaction cannot have non-zero unlock time");
  return std::nullopt;
}

std::optional<Execution> refused_disabled(const Slot& slot) {
  if (!slot.wallet->multisig_status().multisig || slot.wallet->multisig_enabled())
    return std::nullopt;
  return multisig_disabled();
}

std::variant<ReadPayees, Execution> read_payees(const Slot& slot,
                                                std::span<const TransferDestination> destinations,
                                                const std::string& payment_id) {
  ReadPayees read;
  for (const TransferDestination& destination : destinations) {
    const std::optional<Address> address = parse_address(destination.address, slot.host.network);
    if (!address)
      return failed(error_code::wrong_address,
                    "WALLET_RPC_ERROR_CODE_WRONG_ADDRESS: " + destination.address);
    read.payees.push_back({destination.address, *address, destination.amount});
    if (address->kind != AddressKind::integrated) continue;
    if (!payment_id.empty() || read.payment_id)
      return wrong_payment_id("A single payment id is allowed per transaction");
    read.payment_id = address->payment_id;
  }
  if (read.payees.empty())
    return failed(error_code::zero_destination, "Transaction has no destination");
  if (!payment_id.empty())
    return wrong_payment_id(
        "Standalone payment IDs are obsolete. Use subaddresses or integrated addresses instead");
  return read;
}

Execution spend_failed(const SpendRefused& refused) {
  std::string text = refused.text;
  if (refused.fault == SpendFault::not_enough_outs_to_mix) text += " Please use sweep_dust.";
  return failed(code_of(refused.fault), std::move(text), Transfer::method);
}

std::variant<SentTransactions, Execution> send(Slot& slot, std::vector<PendingTx> txs,
                                               const SendOptions& options) {
  Wallet& wallet = *slot.wallet;
  SentTransactions sent;
  for (const PendingTx& tx : txs) describe(sent, slot, tx, options);
  if (wallet.multisig_status().multisig) {
    auto txset = wallet.seal_new_txset(std::move(txs), slot.random);
    if (!txset)
      return failed(error_code::generic_transfer_error, txset.error().text, Transfer::method);
    sent.multisig_txset = to_hex(*txset);
    return sent;
  }
  if (!options.do_not_relay)
    for (const PendingTx& tx : txs)
      if (auto committed = wallet.commit(tx); !committed) return spend_failed(committed.error());
  for (const PendingTx& tx : txs) {
    sent.tx_hash_list.push_back(hex_of(tx.tx.hash));
    if (options.get_hex)
      sent.tx_blob_list.push_back(
          to_hex(transaction_blob(tx.tx, tx.tx.weight - clawback_of(tx.tx.outputs.size()))));
    if (options.get_metadata) sent.tx_metadata_list.push_back(to_hex(write_metadata(tx)));
  }
  return sent;
}

SentTransaction only(SentTransactions sent) {
  const auto take = [](auto& list) {
    using Item = std::decay_t<decltype(list.front())>;
    return list.empty() ? Item() : std::move(list.front());
  };
  SentTransaction one;
  one.amount = take(sent.amount_list);
  one.amounts_by_dest.value = take(sent.amounts_by_dest_list);
  one.fee = take(sent.fee_list);
  one.multisig_txset = std::move(sent.multisig_txset);
  one.spent_key_images = take(sent.spent_key_images_list);
  one.tx_blob = take(sent.tx_blob_list);
  one.tx_hash = take(sent.tx_hash_list);
  one.tx_key = take(sent.tx_key_list);
  one.tx_metadata = take(sent.tx_metadata_list);
  one.unsigned_txset = std::move(sent.unsigned_txset);
  one.weight = take(sent.weight_list);
  return one;
}

}  // namespace escrowstorm::mockrpc
