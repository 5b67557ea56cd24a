#include "sim/invariants/nonce_book.hpp"

#include <variant>

#include "mockrpc/wallet/wallet.hpp"

namespace escrowstorm::sim {
namespace {

using namespace walletrpc;

template <class Method>
const typename Method::Answer* answer_of(const mockrpc::CallOutcome& outcome) {
  const auto* answer = std::get_if<Answer>(&outcome);
  if (!answer) return nullptr;
  const auto* wrapped = get_if<AnswerTo<Method>>(answer);
  return wrapped ? &wrapped->value : nullptr;
}

bool opens(const Request& request) {
  return holds_alternative<OpenWallet>(request) || holds_alternative<CreateWallet>(request);
}

// Whether what fills the slot, or empties it, saves what is in it before.
bool saves_the_last(const Request& request) {
  if (const auto* open = get_if<OpenWallet>(&request)) return open->autosave_current;
  if (const auto* close = get_if<CloseWallet>(&request)) return close->autosave_current;
  return holds_alternative<CreateWallet>(request);
}

}  // namespace

std::string_view txset_made_by(const mockrpc::CallOutcome& outcome) {
  if (const auto* transfer = answer_of<Transfer>(outcome)) return transfer->multisig_txset;
  if (const auto* split = answer_of<TransferSplit>(outcome)) return split->multisig_txset;
  if (const auto* sweep = answer_of<SweepAll>(outcome)) return sweep->multisig_txset;
  if (const auto* single = answer_of<SweepSingle>(outcome)) return single->multisig_txset;
  return {};
}

NonceBook::Slot& NonceBook::slot(std::uint32_t instance) {
  if (instance >= slots_.size()) slots_.resize(std::size_t{instance} + 1);
  return slots_[instance];
}

void NonceBook::executed(const mockrpc::LedgerEntry& entry) {
  Slot& here = slot(entry.instance);
  change_wallet(entry, here);
  if (!entry.wallet || !std::holds_alternative<Answer>(*entry.outcome)) return;
  if (const auto* exported = answer_of<ExportMultisigInfo>(*entry.outcome)) {
    if (!here.nonces) here.nonces.emplace();
    here.nonces->own = ++last_;
    infos_.insert_or_assign(message_id(exported->info), MadeInfo{here.wallet, last_});
  }
  if (!here.nonces) return;
  if (holds_alternative<Store>(*entry.request)) save(here);
  if (const auto* request = get_if<ImportMultisigInfo>(entry.request))
    import(*here.nonces, request->info);
  const std::string_view txset = txset_made_by(*entry.outcome);
  if (!txset.empty()) txsets_.insert_or_assign(message_id(txset), here.nonces->imported);
}

// A call that fails leaves the wallet where it is; one that opens it anew reads its file.
void NonceBook::change_wallet(const mockrpc::LedgerEntry& entry, Slot& here) {
  const std::string_view now = entry.wallet ? std::string_view(entry.wallet->name()) : "";
  const bool opened = opens(*entry.request) && std::holds_alternative<Answer>(*entry.outcome);
  if (now == here.wallet && !opened) return;
  if (!here.wallet.empty()) {
    if (saves_the_last(*entry.request))
      save(here);
    else
      files_.insert_or_assign(here.wallet, std::nullopt);
  }
  here.wallet = now;
  const auto file = files_.find(here.wallet);
  here.nonces = file == files_.end() ? std::optional(WalletNonces()) : file->second;
}

void NonceBook::save(const Slot& here) { files_.insert_or_assign(here.wallet, here.nonces); }

void NonceBook::killed(std::uint32_t instance) {
  Slot& here = slot(instance);
  if (!here.wallet.empty()) files_.insert_or_assign(here.wallet, std::nullopt);
  here = Slot();
}

// A copy has what was saved.
void NonceBook::copied(std::string_view from, std::string_view to) {
  const auto file = files_.find(std::string(from));
  files_.insert_or_assign(std::string(to),
                          file == files_.end() ? std::optional(WalletNonces()) : file->second);
}

void NonceBook::import(WalletNonces& nonces, const std::vector<std::string>& infos) const {
  nonces.imported.clear();
  for (const std::string& info : infos)
    if (const auto at = infos_.find(message_id(info)); at != infos_.end())
      nonces.imported.push_back(at->second);
}

const std::vector<MadeInfo>* NonceBook::infos_of(std::string_view txset) const {
  const auto at = txsets_.find(message_id(txset));
  return at == txsets_.end() ? nullptr : &at->second;
}

std::optional<NonceGeneration> NonceBook::generation_at(std::uint32_t instance) const {
  if (instance >= slots_.size() || !slots_[instance].nonces) return std::nullopt;
  return slots_[instance].nonces->own;
}

}  // namespace escrowstorm::sim
