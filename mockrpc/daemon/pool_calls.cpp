#include "mockrpc/daemon/pool_calls.hpp"

#include <algorithm>
#include <limits>

#include "mockrpc/chain/chain.hpp"
#include "mockrpc/daemon/hex_form.hpp"
#include "mockrpc/daemon/monero_json.hpp"
#include "mockrpc/daemon/transaction_calls.hpp"

namespace escrowstorm::mockrpc::daemonrpc {
namespace {

constexpr std::uint64_t never = std::numeric_limits<std::uint64_t>::max();
constexpr std::uint64_t old_seconds = 600;

// As the real one's database has them: by hash, whose last byte counts most.
std::vector<FoundTransaction> pool_by_hash(const Chain& chain) {
  std::vector<FoundTransaction> pool = chain.pool();
  std::sort(pool.begin(), pool.end(), [](const FoundTransaction& a, const FoundTransaction& b) {
    const Bytes32& left = a.transaction->hash;
    const Bytes32& right = b.transaction->hash;
    return std::lexicographical_compare(left.rbegin(), left.rend(), right.rbegin(), right.rend());
  });
  return pool;
}

GetTransactionPool::Entry entry_of(const Chain& chain, const FoundTransaction& found) {
  const Transaction& transaction = *found.transaction;
  GetTransactionPool::Entry entry;
  const std::string blob = shown_blob(transaction);
  entry.blob_size = blob.size();
  entry.do_not_relay = found.origin == PoolOrigin::held_back;
  entry.fee = transaction.fee;
  entry.id_hash = hex_of(transaction.hash);
  entry.kept_by_block = found.origin == PoolOrigin::popped;
  entry.last_relayed_time = found.origin == PoolOrigin::relayed ? found.timestamp : never;
  for (const Bytes32& key_image : transaction.key_images)
    if (const OutputPlace* spent = chain.output_of(key_image))
      entry.max_used_block_height = std::max(entry.max_used_block_height, spent->height);
  entry.max_used_block_id_hash = hex_of(chain.block(entry.max_used_block_height).hash);
  entry.receive_time = found.timestamp;
  entry.relayed = found.origin != PoolOrigin::held_back;
  entry.tx_blob = to_hex(blob);
  entry.tx_json = transaction_json(chain, found);
  entry.weight = transaction.weight;
  return entry;
}

std::uint64_t median(std::vector<std::uint64_t> values) {
  std::sort(values.begin(), values.end());
  const std::size_t half = values.size() / 2;
  return values.size() % 2 == 1 ? values[half] : (values[half - 1] + values[half]) / 2;
}

void append_number(std::string& bytes, std::uint64_t number) {
  for (int shift = 0; shift < 64; shift += 8) bytes += static_cast<char>(number >> shift);
}

}  // namespace

Reply<GetTransactionPool> run(Node& node, const GetTransactionPool&) {
  GetTransactionPool::Answer answer;
  for (const FoundTransaction& found : pool_by_hash(node.chain)) {
    answer.transactions.push_back(entry_of(node.chain, found));
    for (const Bytes32& key_image : found.transaction->key_images)
      answer.spent_key_images.push_back({hex_of(key_image), {hex_of(found.transaction->hash)}});
  }
  return answer;
}

Reply<GetTransactionPoolHashes> run(Node& node, const GetTransactionPoolHashes&) {
  GetTransactionPoolHashes::Answer answer;
  for (const FoundTransaction& found : pool_by_hash(node.chain))
    answer.tx_hashes.push_back(hex_of(found.transaction->hash));
  return answer;
}

Reply<GetTransactionPoolStats> run(Node& node, const GetTransactionPoolStats&) {
  GetTransactionPoolStats::Answer answer;
  auto& stats = answer.pool_stats;
  const std::vector<FoundTransaction> pool = node.chain.pool();
  if (pool.empty()) return answer;
  std::vector<std::uint64_t> weights;
  stats.oldest = never;
  for (const FoundTransaction& found : pool) {
    weights.push_back(found.transaction->weight);
    stats.bytes_total += found.transaction->weight;
    stats.fee_total = *stats.fee_total.plus(found.transaction->fee);
    stats.num_10m += found.timestamp + old_seconds < node.chain.unix_time();
    stats.num_not_relayed += found.origin == PoolOrigin::held_back;
    stats.oldest = std::min(stats.oldest, found.timestamp);
  }
  stats.bytes_max = *std::max_element(weights.begin(), weights.end());
  stats.bytes_min = *std::min_element(weights.begin(), weights.end());
  stats.bytes_med = median(weights);
  stats.txs_total = pool.size();
  return answer;
}

Reply<GetTxpoolBacklog> run(Node& node, const GetTxpoolBacklog&) {
  GetTxpoolBacklog::Answer answer;
  for (const FoundTransaction& found : pool_by_hash(node.chain)) {
    if (!answer.backlog) answer.backlog.emplace();
    append_number(*answer.backlog, found.transaction->weight);
    append_number(*answer.backlog, found.transaction->fee.atomic());
    append_number(*answer.backlog, node.chain.unix_time() - found.timestamp);
  }
  return answer;
}

Reply<FlushTxpool> run(Node& node, const FlushTxpool& asked) {
  if (asked.txids.empty()) node.chain.flush_pool();
  std::size_t parsed = 0;
  for (const std::string& hex : asked.txids) {
    const auto hash = parse_hash(hex);
    if (!hash) continue;
    ++parsed;
    node.chain.flush_from_pool(*hash);
  }
  if (parsed == asked.txids.size()) return StatusAnswer{};
  return StatusAnswer{parsed == 0 ? "Failed to parse txid" : "Failed to parse some of the txids"};
}

Reply<RelayTx> run(Node& node, const RelayTx& asked) {
  std::string failures;
  const auto fail = [&](std::string_view why, const std::string& hex) {
    if (!failures.empty()) failures += ", ";
    failures.append(why).append(hex);
  };
  for (const std::string& hex : asked.txids) {
    const auto hash = parse_hash(hex);
    if (!hash)
      fail("invalid transaction id: ", hex);
    else if (!node.chain.relay(*hash))
      fail("transaction not found in pool: ", hex);
  }
  if (!failures.empty()) return epee::RpcError{error_code::internal_error, failures};
  return PaidStatusAnswer{};
}

}  // namespace escrowstorm::mockrpc::daemonrpc
