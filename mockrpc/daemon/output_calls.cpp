#include "mockrpc/daemon/output_calls.hpp"

#include <algorithm>
#include <map>

#include "mockrpc/chain/chain.hpp"
#include "mockrpc/chain/emission.hpp"
#include "mockrpc/keys/byte_io.hpp"

namespace escrowstorm::mockrpc::daemonrpc {
namespace {

constexpr std::uint64_t hidden = 0;  // as an amount

// How many outputs of this amount there are in blocks below `height`.
std::uint64_t outputs_below(const Chain& chain, std::uint64_t amount, std::uint64_t height) {
  if (amount == hidden) return chain.outputs_below(height);
  return height > 0 && amount == chain.block(0).reward.atomic() ? 1 : 0;
}

GetOutputHistogram::Entry entry_of(const Chain& chain, std::uint64_t amount,
                                   const GetOutputHistogram& asked) {
  const std::uint64_t height = chain.height();
  GetOutputHistogram::Entry entry;
  entry.amount = amount;
  entry.total_instances = outputs_below(chain, amount, height);
  const std::uint64_t old = height >= output_lock_blocks ? height - output_lock_blocks + 1 : 0;
  if (asked.unlocked || asked.recent_cutoff > 0)
    entry.unlocked_instances = outputs_below(chain, amount, old);
  if (asked.recent_cutoff > 0) {
    std::uint64_t first = old;
    while (first > 0 && chain.block(first - 1).timestamp >= asked.recent_cutoff) --first;
    entry.recent_instances = entry.unlocked_instances - outputs_below(chain, amount, first);
  }
  return entry;
}

}  // namespace

Reply<GetOutputHistogram> run(Node& node, const GetOutputHistogram& asked) {
  std::vector<std::uint64_t> amounts = asked.amounts;
  if (amounts.empty()) {
    if (node.chain.height() > 1) amounts.push_back(hidden);
    amounts.push_back(node.chain.block(0).reward.atomic());
  }
  std::sort(amounts.begin(), amounts.end());
  amounts.erase(std::unique(amounts.begin(), amounts.end()), amounts.end());
  GetOutputHistogram::Answer answer;
  for (const std::uint64_t amount : amounts) {
    const auto entry = entry_of(node.chain, amount, asked);
    if (entry.total_instances >= asked.min_count &&
        (asked.max_count == 0 || entry.total_instances <= asked.max_count))
      answer.histogram.push_back(entry);
  }
  return answer;
}

Reply<GetOutputDistribution> run(Node& node, const GetOutputDistribution& asked) {
  const Chain& chain = node.chain;
  const std::uint64_t last = asked.to_height > 0 ? asked.to_height : chain.height() - 1;
  const bool possible = last < chain.height() && asked.from_height <= last;
  GetOutputDistribution::Answer answer;
  for (const std::uint64_t amount : asked.amounts) {
    if (!possible)
      return epee::RpcError{error_code::internal_error, "Failed to get output distribution"};
    GetOutputDistribution::Distribution distribution;
    distribution.amount = amount;
    // Of amounts that are seen the real one counts none before.
    distribution.base = amount == hidden ? chain.outputs_below(asked.from_height) : 0;
    distribution.binary = asked.binary;
    distribution.compress = asked.compress;
    distribution.start_height = asked.from_height;
    std::uint64_t before = asked.cumulative ? 0 : distribution.base;
    for (std::uint64_t h = asked.from_height; h <= last; ++h) {
      const std::uint64_t count = outputs_below(chain, amount, h + 1);
      distribution.counts.push_back(count - before);
      if (!asked.cumulative) before = count;
    }
    answer.distributions.push_back(std::move(distribution));
  }
  return answer;
}

std::string GetOutputDistribution::Distribution::varints(const std::vector<std::uint64_t>& counts) {
  ByteWriter out;
  for (const std::uint64_t count : counts) out.varint(count);
  return std::move(out).take();
}

std::string GetOutputDistribution::Distribution::little_endian(
    const std::vector<std::uint64_t>& counts) {
  std::string bytes;
  for (const std::uint64_t count : counts)
    for (int shift = 0; shift < 64; shift += 8) bytes += static_cast<char>(count >> shift);
  return bytes;
}

}  // namespace escrowstorm::mockrpc::daemonrpc
