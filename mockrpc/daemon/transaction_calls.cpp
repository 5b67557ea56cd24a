#include "mockrpc/daemon/transaction_calls.hpp"

#include <algorithm>

#include "mockrpc/answer_room.hpp"
#include "mockrpc/chain/blob.hpp"
#include "mockrpc/chain/chain.hpp"
#include "mockrpc/chain/transaction_bytes.hpp"
#include "mockrpc/daemon/hex_form.hpp"
#include "mockrpc/daemon/monero_json.hpp"
#include "mockrpc/keys/keccak.hpp"
#include "mockrpc/wallet/tx_weight.hpp"

namespace escrowstorm::mockrpc::daemonrpc {
namespace {

constexpr std::string_view too_long =
    "Failed, the mock's answer would be longer than 16 MiB, see docs/mock.md";
constexpr std::string_view size_mismatch = "Failed, size of data mismatch";

// Of the first transaction there is nothing to prune.
std::string prunable_hash(const FoundTransaction& found) {
  if (found.height == std::uint64_t{0}) return hex_of(Bytes32{});
  std::string bytes("prunable");
  bytes.append(view_of(found.transaction->hash));
  return hex_of(keccak256(bytes));
}

std::vector<std::uint64_t> output_indices(const Chain& chain, const FoundTransaction& found) {
  std::vector<std::uint64_t> indices;
  if (!found.height) return indices;
  const Block& block = chain.block(*found.height);
  std::uint64_t next = chain.outputs_below(block.height);
  const auto count = [&](const Transaction& transaction) {
    for (std::size_t i = 0; i < transaction.outputs.size(); ++i, ++next)
      if (transaction.hash == found.transaction->hash) indices.push_back(next);
  };
  count(*block.coinbase);
  for (const auto& transaction : block.transactions) count(*transaction);
  return indices;
}

GetTransactions::Entry entry_of(const Chain& chain, const FoundTransaction& found,
                                const GetTransactions& asked) {
  GetTransactions::Entry entry;
  const bool coinbase = found.transaction->coinbase;
  const std::string bytes =
      coinbase ? coinbase_blob(*found.transaction, *found.height) : shown_blob(*found.transaction);
  (coinbase || asked.prune || asked.split ? entry.pruned_as_hex : entry.as_hex) = to_hex(bytes);
  if (asked.decode_as_json) entry.as_json = transaction_json(chain, found);
  entry.in_pool = !found.height;
  entry.prunable_hash = prunable_hash(found);
  if (found.height) {
    entry.block_height = *found.height;
    entry.block_timestamp = found.timestamp;
    entry.confirmations = chain.height() - *found.height;
    entry.output_indices = output_indices(chain, found);
  } else {
    entry.received_timestamp = found.timestamp;
    entry.relayed = found.origin != PoolOrigin::held_back;
  }
  return entry;
}

struct Flag {
  bool SendRawTransaction::Answer::*flag;
  std::string_view reason;
};

Flag flag_of(SubmitRefusal refusal) {
  using Answer = SendRawTransaction::Answer;
  switch (refusal) {
    case SubmitRefusal::double_spend:
      return {&Answer::double_spend, "double spend"};
    case SubmitRefusal::unknown_output:
    case SubmitRefusal::locked_output:
      return {&Answer::invalid_input, "invalid input"};
    case SubmitRefusal::money_from_air:
      return {&Answer::overspend, "overspend"};
    case SubmitRefusal::reused_key:
      return {&Answer::invalid_output, "invalid output"};
    case SubmitRefusal::too_big:
      return {&Answer::too_big, "too big"};
    case SubmitRefusal::too_few_outputs:
      break;
  }
  return {&Answer::too_few_outputs, "too few outputs"};
}

}  // namespace

std::string shown_blob(const Transaction& transaction) {
  const std::uint64_t clawback = clawback_of(transaction.outputs.size());
  return transaction_blob(transaction, transaction.weight - std::min(transaction.weight, clawback));
}

Reply<GetTransactions> run(Node& node, const GetTransactions& asked) {
  GetTransactions::Answer answer;
  std::vector<Bytes32> hashes;
  for (const std::string& hex : asked.txs_hashes) {
    const auto hash = parse_hash(hex);
    if (!hash) {
      answer.status =
          from_hex(hex) ? size_mismatch : "Failed to parse hex representation of transaction hash";
      return answer;
    }
    hashes.push_back(*hash);
  }
  AnswerRoom room;
  for (std::size_t i = 0; i < hashes.size(); ++i) {
    const auto found = node.chain.find(hashes[i]);
    if (!found) {
      answer.missed_tx.push_back(hex_of(hashes[i]));
      continue;
    }
    GetTransactions::Entry entry = entry_of(node.chain, *found, asked);
    entry.tx_hash = asked.txs_hashes[i];
    // Most of it stands twice in the answer.
    if (!room.take(2 * (entry.as_hex.size() + entry.pruned_as_hex.size() + entry.as_json.size()))) {
      GetTransactions::Answer refused;
      refused.status = too_long;
      return refused;
    }
    answer.txs_as_hex.push_back(entry.as_hex);
    if (asked.decode_as_json) answer.txs_as_json.push_back(entry.as_json);
    answer.txs.push_back(std::move(entry));
  }
  return answer;
}

Reply<IsKeyImageSpent> run(Node& node, const IsKeyImageSpent& asked) {
  IsKeyImageSpent::Answer answer;
  for (const std::string& hex : asked.key_images) {
    if (!from_hex(hex))
      return IsKeyImageSpent::Answer{{}, "Failed to parse hex representation of key image"};
    const auto key_image = parse_hash(hex);
    // Without that check the real one looks for what lies in its memory behind it.
    if (!key_image && node.version.short_key_image_refused)
      return IsKeyImageSpent::Answer{{}, std::string(size_mismatch)};
    const auto spender = key_image ? node.chain.spender(*key_image) : std::nullopt;
    answer.spent_status.push_back(!spender ? 0 : spender->height ? 1 : 2);
  }
  return answer;
}

Reply<SendRawTransaction> run(Node& node, const SendRawTransaction& asked) {
  SendRawTransaction::Answer answer;
  if (node.version.raw_transaction_tells_more) {
    answer.nonzero_unlock_time = false;
    answer.tx_extra_too_big = false;
  }
  const auto bytes = from_hex(asked.tx_as_hex);
  auto transaction = bytes ? read_transaction_blob(*bytes) : std::nullopt;
  if (!transaction) {
    answer.status = "Failed";
    answer.sanity_check_failed = bytes && asked.do_sanity_checks;
    if (answer.sanity_check_failed) answer.reason = "Sanity check failed";
    return answer;
  }
  if (transaction->unlock_time != 0 && node.version.refuses_unlock_time) {
    answer.status = "Failed";
    answer.nonzero_unlock_time = true;
    answer.reason = "tx unlock time is not zero";
    return answer;
  }
  const bool known = node.chain.find(transaction->hash).has_value();
  const auto refusal = node.chain.submit(
      std::move(*transaction), asked.do_not_relay ? PoolOrigin::held_back : PoolOrigin::relayed);
  if (refusal) {
    const Flag flag = flag_of(*refusal);
    answer.*flag.flag = true;
    answer.reason = flag.reason;
    answer.status = "Failed";
  } else if (known || asked.do_not_relay) {
    answer.not_relayed = true;
    answer.reason = "Not relayed";
  }
  return answer;
}

}  // namespace escrowstorm::mockrpc::daemonrpc
