#include "mockrpc/daemon/node_calls.hpp"

#include <algorithm>
#include <limits>

#include "mockrpc/chain/blob.hpp"
#include "mockrpc/chain/chain.hpp"
#include "mockrpc/chain/emission.hpp"
#include "mockrpc/daemon/hex_form.hpp"
#include "mockrpc/wallet/fee.hpp"

namespace escrowstorm::mockrpc::daemonrpc {
namespace {

constexpr std::uint64_t grace_blocks_max = 99;
constexpr std::uint64_t voting_window = 10'080;

}  // namespace

Reply<GetInfo> run(Node& node, const GetInfo&) {
  const Chain& chain = node.chain;
  GetInfo::Answer answer;
  answer.adjusted_time = chain.adjusted_time();
  answer.block_weight_limit = block_weight_limit;
  answer.block_weight_median = block_weight_median;
  answer.height = chain.height();
  // Regtest has the addresses of mainnet and is none of the three.
  answer.nettype = node.network == Network::mainnet ? "fakechain" : name_of(node.network);
  answer.rpc_connections_count = node.connections;
  answer.stagenet = node.network == Network::stagenet;
  answer.start_time = node.started;
  answer.testnet = node.network == Network::testnet;
  answer.top_block_hash = hex_of(chain.top().hash);
  answer.tx_count = chain.transaction_count();
  answer.tx_pool_size = chain.pool_size();
  answer.version =
      std::string(node.version.name) + (node.version.release ? "-release" : "-unknown");
  answer.wide_cumulative_difficulty = wide(chain.height());
  return answer;
}

Reply<GetVersion> run(Node& node, const GetVersion&) {
  GetVersion::Answer answer;
  answer.release = node.version.release;
  answer.version = node.version.daemon_rpc_version;
  if (node.version.daemon_lists_hard_forks) {
    answer.current_height = node.chain.height();
    answer.hard_forks = {{1, 0}, {HardForkInfo::newest, 1}};
  }
  return answer;
}

Reply<HardForkInfo> run(Node& node, const HardForkInfo& asked) {
  HardForkInfo::Answer answer;
  const std::uint32_t version = asked.version == 0 ? HardForkInfo::newest : asked.version;
  answer.enabled = version <= HardForkInfo::newest;
  answer.window = std::min(node.chain.height(), voting_window);
  for (std::uint64_t i = 1; i <= answer.window; ++i)
    answer.votes += version <= major_version(node.chain.block(node.chain.height() - i));
  answer.earliest_height = answer.enabled ? 1 : std::numeric_limits<std::uint64_t>::max();
  if (asked.version == 1) answer.earliest_height = 0;
  return answer;
}

Reply<GetFeeEstimate> run(Node& node, const GetFeeEstimate& asked) {
  if (asked.grace_blocks > grace_blocks_max) return epee::RpcError{};  // its own words, none
  const FeeRates rates = fee_rates(*block_reward(node.chain.top().generated, 0));
  return GetFeeEstimate::Answer{{rates.begin(), rates.end()}, fee_quantization};
}

Reply<SyncInfo> run(Node& node, const SyncInfo&) { return SyncInfo::Answer{node.chain.height()}; }

Reply<GetLimit> run(Node&, const GetLimit&) { return GetLimit::Answer{}; }
Reply<GetConnections> run(Node&, const GetConnections&) { return StatusAnswer{}; }
Reply<GetBans> run(Node&, const GetBans&) { return StatusAnswer{}; }
Reply<GetAlternateChains> run(Node&, const GetAlternateChains&) { return StatusAnswer{}; }
Reply<GetAltBlocksHashes> run(Node&, const GetAltBlocksHashes&) { return PaidStatusAnswer{}; }
Reply<GetPeerList> run(Node&, const GetPeerList&) { return StatusAnswer{}; }
Reply<GetPublicNodes> run(Node&, const GetPublicNodes&) { return StatusAnswer{}; }
Reply<SaveBc> run(Node&, const SaveBc&) { return StatusAnswer{}; }
Reply<FlushCache> run(Node&, const FlushCache&) { return StatusAnswer{}; }

}  // namespace escrowstorm::mockrpc::daemonrpc
