#include "sim/invariants/message_book.hpp"

#include <bit>
#include <cstring>
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

}  // namespace

std::string_view message_made_by(const mockrpc::CallOutcome& outcome) {
  if (const auto* prepared = answer_of<PrepareMultisig>(outcome)) return prepared->multisig_info;
  if (const auto* made = answer_of<MakeMultisig>(outcome)) return made->multisig_info;
  if (const auto* exchanged = answer_of<ExchangeMultisigKeys>(outcome))
    return exchanged->multisig_info;
  return {};
}

// Eight bytes at a time, each mixed in by a multiplication: messages are long and many.
MessageId message_id(std::string_view message) {
  MessageId id = message.size();
  while (!message.empty()) {
    std::uint64_t word = 0;
    const std::size_t taken = std::min(message.size(), sizeof word);
    std::memcpy(&word, message.data(), taken);
    if constexpr (std::endian::native == std::endian::big) word = __builtin_bswap64(word);
    id = (std::rotl(id, 23) ^ word) * 0x9e3779b97f4a7c15;
    message.remove_prefix(taken);
  }
  return id ^ (id >> 32);
}

void MessageBook::executed(const mockrpc::LedgerEntry& entry) {
  const std::string_view message = message_made_by(*entry.outcome);
  if (message.empty() || !entry.wallet) return;
  const std::string& wallet = entry.wallet->name();
  const bool first = holds_alternative<PrepareMultisig>(*entry.request);
  const int round = first ? 0 : last_round_of(wallet) + 1;
  last_round_.insert_or_assign(wallet, round);
  made_.insert_or_assign(message_id(message), MadeMessage{wallet, round});
}

void MessageBook::copied(std::string_view from, std::string_view to) {
  const int round = last_round_of(from);
  if (round > 0)
    last_round_.insert_or_assign(std::string(to), round);
  else
    last_round_.erase(std::string(to));
}

const MadeMessage* MessageBook::find(MessageId id) const {
  const auto at = made_.find(id);
  return at == made_.end() ? nullptr : &at->second;
}

int MessageBook::last_round_of(std::string_view wallet) const {
  const auto at = last_round_.find(std::string(wallet));
  return at == last_round_.end() ? -1 : at->second;
}

std::span<const std::string> messages_used_by(const Request& request) {
  if (const auto* make = get_if<MakeMultisig>(&request)) return make->multisig_info;
  if (const auto* exchange = get_if<ExchangeMultisigKeys>(&request)) return exchange->multisig_info;
  return {};
}

}  // namespace escrowstorm::sim
