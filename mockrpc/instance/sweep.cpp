// Spending all there is of an account, one output, or what can't be mixed.
#include <numeric>
#include <variant>

#include "mockrpc/instance/spend_requests.hpp"
#include "mockrpc/keys/hex.hpp"

namespace escrowstorm::mockrpc {

using namespace walletrpc;

namespace {

struct ReadSweep {
  SpendOrder spend;
  SweepOrder sweep;
};

template <class Request>
std::variant<ReadSweep, Execution> read_sweep(const Slot& slot, const Request& request) {
  const TransferDestination destination{request.address, Amount()};
  auto read = read_payees(slot, {&destination, 1}, request.payment_id);
  if (auto* refused = std::get_if<Execution>(&read)) return std::move(*refused);
  auto& payees = std::get<ReadPayees>(read);
  ReadSweep sweep;
  sweep.spend.priority = request.priority;
  sweep.spend.unlock_time = request.unlock_time;
  sweep.spend.payment_id = payees.payment_id;
  sweep.sweep = {std::move(payees.payees.front()), request.outputs};
  return sweep;
}

Execution too_few_outputs() {
  return failed(error_code::tx_not_possible, "Amount of outputs should be greater than 0.");
}

}  // namespace

Execution run(Slot& slot, const SweepAll& request) {
  if (auto refused = refused_to_spend(slot, request.unlock_time)) return std::move(*refused);
  if (auto refused = refused_disabled(slot)) return std::move(*refused);
  auto read = read_sweep(slot, request);
  if (auto* refused = std::get_if<Execution>(&read)) return std::move(*refused);
  if (request.outputs < 1) return too_few_outputs();

  auto& [spend, sweep] = std::get<ReadSweep>(read);
  spend.account = request.account_index;
  spend.addresses = request.subaddr_indices;
  if (request.subaddr_indices_all) {
    spend.addresses.resize(slot.wallet->subaddresses().addresses(request.account_index));
    std::iota(spend.addresses.begin(), spend.addresses.end(), 0u);
  }
  auto txs = slot.wallet->make_sweep({std::move(spend), std::move(sweep), request.below_amount},
                                     slot.random);
  if (!txs) return spend_failed(txs.error());
  auto sent = send(
      slot, std::move(*txs),
      {request.do_not_relay, request.get_tx_keys, request.get_tx_hex, request.get_tx_metadata});
  if (auto* refused = std::get_if<Execution>(&sent)) return std::move(*refused);
  return answered<SweepAll>(std::get<SentTransactions>(std::move(sent)), Transfer::method);
}

Execution run(Slot& slot, const SweepSingle& request) {
  if (auto refused = refused_to_spend(slot, request.unlock_time)) return std::move(*refused);
  if (request.outputs < 1) return too_few_outputs();
  if (auto refused = refused_disabled(slot)) return std::move(*refused);
  auto read = read_sweep(slot, request);
  if (auto* refused = std::get_if<Execution>(&read)) return std::move(*refused);
  const std::optional<Bytes32> image = parse_hash(request.key_image);
  if (!image) return failed(error_code::wrong_key_image, "failed to parse key image");

  auto& [spend, sweep] = std::get<ReadSweep>(read);
  auto txs = slot.wallet->make_sweep_of({std::move(spend), std::move(sweep), *image}, slot.random);
  if (!txs) return spend_failed(txs.error());
  if (txs->empty()) return failed(error_code::unknown_error, "No outputs found", Transfer::method);
  auto sent =
      send(slot, std::move(*txs),
           {request.do_not_relay, request.get_tx_key, request.get_tx_hex, request.get_tx_metadata});
  if (auto* refused = std::get_if<Execution>(&sent)) return std::move(*refused);
  return answered<SweepSingle>(only(std::get<SentTransactions>(std::move(sent))), Transfer::method);
}

// There is never any: the answer is empty when the daemon could be asked.
Execution run(Slot& slot, const SweepDust& request) {
  if (auto refused = refused_to_spend(slot, 0)) return std::move(*refused);
  if (auto refused = refused_disabled(slot)) return std::move(*refused);
  if (auto reached = slot.wallet->look_for_dust(); !reached) return spend_failed(reached.error());
  auto sent = send(
      slot, {},
      {request.do_not_relay, request.get_tx_keys, request.get_tx_hex, request.get_tx_metadata});
  if (auto* refused = std::get_if<Execution>(&sent)) return std::move(*refused);
  return answered<SweepDust>(std::get<SentTransactions>(std::move(sent)));
}

}  // namespace escrowstorm::mockrpc
