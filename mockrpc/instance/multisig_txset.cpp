// What participants do with a txset, and the sync that must come before.
#include <variant>

#include "mockrpc/instance/multisig_common.hpp"
#include "mockrpc/keys/hex.hpp"
#include "mockrpc/wallet/spending.hpp"

namespace escrowstorm::mockrpc {

using namespace walletrpc;

namespace {

std::string_view export_cost(const Slot& slot) {
  return slot.wallet->money().outputs.empty() ? "export_multisig_info"
                                              : "export_multisig_info#funded";
}

std::string_view import_cost(const Slot& slot) {
  return slot.wallet->money().outputs.empty() ? "import_multisig_info"
                                              : "import_multisig_info#funded";
}

// The set, or what is answered instead.
std::variant<MultisigTxSet, Execution> load(Slot& slot, const std::string& tx_data_hex) {
  if (auto refused = refused_unready(slot)) return std::move(*refused);
  const std::optional<std::string> bytes = from_hex(tx_data_hex);
  if (!bytes) return failed(error_code::bad_hex, "Failed to parse hex.");
  std::optional<MultisigTxSet> set = slot.wallet->load_txset(*bytes);
  if (!set) return failed(error_code::bad_multisig_tx_data, "Failed to parse multisig tx data.");
  return std::move(*set);
}

}  // namespace

Execution run(Slot& slot, const ExportMultisigInfo&) {
  if (auto refused = refused_unready(slot)) return std::move(*refused);
  ExportMultisigInfo::Answer answer;
  answer.info = to_hex(slot.wallet->export_multisig_info(slot.random));
  return answered<ExportMultisigInfo>(std::move(answer), export_cost(slot));
}

Execution run(Slot& slot, const ImportMultisigInfo& request) {
  if (auto refused = refused_unready(slot)) return std::move(*refused);
  if (request.info.size() + 1 < slot.wallet->multisig_status().threshold)
    return failed(error_code::threshold_not_reached,
                  "Needs multisig export info from more participants");
  std::vector<std::string> infos;
  for (const std::string& hex : request.info) {
    std::optional<std::string> info = from_hex(hex);
    if (!info) return failed(error_code::bad_hex, "Failed to parse hex.");
    infos.push_back(std::move(*info));
  }

  auto imported = slot.wallet->import_multisig_info(infos);
  if (!imported)
    return failed(error_code::unknown_error,
                  "Error calling import_multisig: " + imported.error().text, import_cost(slot));
  // As rescan_spent does it. Without a daemon nobody is told that it could not be done.
  if (slot.wallet->chain() != nullptr) slot.wallet->refresh_spent();
  ImportMultisigInfo::Answer answer;
  answer.n_outputs = *imported;
  return answered<ImportMultisigInfo>(std::move(answer), import_cost(slot));
}

Execution run(Slot& slot, const SignMultisig& request) {
  auto loaded = load(slot, request.tx_data_hex);
  if (auto* refused = std::get_if<Execution>(&loaded)) return std::move(*refused);
  auto& set = std::get<MultisigTxSet>(loaded);
  const auto hashes = slot.wallet->sign_txset(set, slot.random);
  if (!hashes)
    return failed(error_code::multisig_signature,
                  "Failed to sign multisig tx: " + hashes.error().text, SignMultisig::method);
  auto sealed = slot.wallet->seal_txset(set, slot.random);
  if (!sealed) return failed(error_code::unknown_error, sealed.error().text, SignMultisig::method);
  SignMultisig::Answer answer;
  answer.tx_data_hex = to_hex(*sealed);
  for (const Bytes32& hash : *hashes) answer.tx_hash_list.push_back(to_hex(view_of(hash)));
  return answered<SignMultisig>(std::move(answer));
}

Execution run(Slot& slot, const SubmitMultisig& request) {
  auto loaded = load(slot, request.tx_data_hex);
  if (auto* refused = std::get_if<Execution>(&loaded)) return std::move(*refused);
  const auto& set = std::get<MultisigTxSet>(loaded);
  if (set.signers.size() < slot.wallet->multisig_status().threshold)
    return failed(error_code::threshold_not_reached, "Not enough signers signed this transaction.");
  SubmitMultisig::Answer answer;
  for (const PendingTx& tx : set.txs) {
    if (auto committed = slot.wallet->commit(tx); !committed)
      return failed(error_code::multisig_submission,
                    "Failed to submit multisig tx: " + committed.error().text,
                    SubmitMultisig::method);
    answer.tx_hash_list.push_back(to_hex(view_of(tx.tx.hash)));
  }
  return answered<SubmitMultisig>(std::move(answer));
}

}  // namespace escrowstorm::mockrpc
