// Paying somebody, and sending later what was made to be kept back.
#include <variant>

#include "mockrpc/instance/spend_requests.hpp"
#include "mockrpc/keys/hex.hpp"

namespace escrowstorm::mockrpc {

using namespace walletrpc;

namespace {

template <class Request>
std::variant<TransferOrder, Execution> read_order(const Slot& slot, const Request& request) {
  if (auto refused = refused_to_spend(slot, request.unlock_time)) return std::move(*refused);
  if (auto refused = refused_disabled(slot)) return std::move(*refused);
  auto read = read_payees(slot, request.destinations, request.payment_id);
  if (auto* refused = std::get_if<Execution>(&read)) return std::move(*refused);
  auto& payees = std::get<ReadPayees>(read);
  TransferOrder order;
  order.spend = {request.account_index, request.subaddr_indices, request.priority,
                 request.unlock_time, payees.payment_id};
  order.payees = std::move(payees.payees);
  return order;
}

Execution no_transaction() {
  return failed(error_code::tx_not_possible, "No transaction created", Transfer::method);
}

}  // namespace

Execution run(Slot& slot, const Transfer& request) {
  auto read = read_order(slot, request);
  if (auto* refused = std::get_if<Execution>(&read)) return std::move(*refused);
  auto& order = std::get<TransferOrder>(read);
  if (slot.host.version->tells_payees_apart)
    order.fee_payers = {request.subtract_fee_from_outputs.begin(),
                        request.subtract_fee_from_outputs.end()};
  auto txs = slot.wallet->make_transfer(order, slot.random);
  if (!txs) return spend_failed(txs.error());
  if (txs->empty()) return no_transaction();
  if (txs->size() > 1)
    return failed(error_code::tx_too_large, "Transaction would be too large.  try /transfer_split.",
                  Transfer::method);
  auto sent =
      send(slot, std::move(*txs),
           {request.do_not_relay, request.get_tx_key, request.get_tx_hex, request.get_tx_metadata});
  if (auto* refused = std::get_if<Execution>(&sent)) return std::move(*refused);
  return answered<Transfer>(only(std::get<SentTransactions>(std::move(sent))));
}

Execution run(Slot& slot, const TransferSplit& request) {
  auto read = read_order(slot, request);
  if (auto* refused = std::get_if<Execution>(&read)) return std::move(*refused);
  auto txs = slot.wallet->make_transfer(std::get<TransferOrder>(read), slot.random);
  if (!txs) return spend_failed(txs.error());
  if (txs->empty()) return no_transaction();
  auto sent = send(
      slot, std::move(*txs),
      {request.do_not_relay, request.get_tx_keys, request.get_tx_hex, request.get_tx_metadata});
  if (auto* refused = std::get_if<Execution>(&sent)) return std::move(*refused);
  return answered<TransferSplit>(std::get<SentTransactions>(std::move(sent)), Transfer::method);
}

Execution run(Slot& slot, const RelayTx& request) {
  if (!slot.wallet) return no_wallet_open();
  const std::optional<std::string> bytes = from_hex(request.hex);
  if (!bytes) return failed(error_code::bad_hex, "Failed to parse hex.");
  const std::optional<PendingTx> tx = read_metadata(*bytes, slot.host.network);
  if (!tx) return failed(error_code::bad_tx_metadata, "Failed to parse tx metadata.");
  if (!slot.wallet->commit(*tx))
    return failed(error_code::generic_transfer_error, "Failed to commit tx.",
                  SubmitMultisig::method);
  RelayTx::Answer answer;
  answer.tx_hash = to_hex(view_of(tx->tx.hash));
  return answered<RelayTx>(std::move(answer), SubmitMultisig::method);
}

}  // namespace escrowstorm::mockrpc
