#include "mockrpc/daemon/block_calls.hpp"

#include <algorithm>
#include <variant>

#include "mockrpc/chain/blob.hpp"
#include "mockrpc/chain/chain.hpp"
#include "mockrpc/chain/emission.hpp"
#include "mockrpc/daemon/hex_form.hpp"
#include "mockrpc/daemon/monero_json.hpp"
#include "mockrpc/keys/address.hpp"
#include "mockrpc/keys/keccak.hpp"

namespace escrowstorm::mockrpc::daemonrpc {
namespace {

using epee::RpcError;

// A heavy block counts for no more than the penalty-free zone, a light one for no less than this
// of it.
std::uint64_t long_term_weight(const Block& block) {
  if (block.height == 0) return block_weight(block);
  return std::clamp(block_weight(block), block_weight_median * 10 / 17,
                    block_weight_median * 17 / 10);
}

BlockHeader header_of(const Chain& chain, const Block& block, bool with_pow_hash) {
  BlockHeader header;
  header.block_size = block_weight(block);
  header.block_weight = header.block_size;
  header.cumulative_difficulty = block.height + 1;
  header.depth = chain.height() - 1 - block.height;
  header.difficulty = 1;
  header.hash = hex_of(block.hash);
  header.height = block.height;
  header.long_term_weight = long_term_weight(block);
  header.major_version = major_version(block);
  header.miner_tx_hash = hex_of(block.coinbase->hash);
  header.minor_version = minor_version(block);
  header.nonce = block.nonce;
  header.num_txes = block.transactions.size();
  // Nobody mines here: a hash that looks like work.
  if (with_pow_hash) header.pow_hash = hex_of(keccak256(view_of(block.hash)));
  header.prev_hash = hex_of(block.previous);
  header.reward = block.reward;
  header.timestamp = block.timestamp;
  header.wide_cumulative_difficulty = wide(header.cumulative_difficulty);
  header.wide_difficulty = wide(header.difficulty);
  return header;
}

RpcError too_high(const Chain& chain, std::uint64_t height) {
  return {error_code::too_big_height,
          "Requested block height: " + std::to_string(height) +
              " greater than current top block height: " + std::to_string(chain.height() - 1)};
}

std::variant<const Block*, RpcError> block_with_hash(const Chain& chain, const std::string& hex) {
  const auto hash = parse_hash(hex);
  if (!hash)
    return RpcError{error_code::wrong_param,
                    "Failed to parse hex representation of block hash. Hex = " + hex + '.'};
  const auto height = chain.height_of(*hash);
  if (!height)
    return RpcError{error_code::internal_error,
                    "Internal error: can't get block by hash. Hash = " + hex + '.'};
  return &chain.block(*height);
}

// Why no block can be made for this address on top of that one, if so.
std::optional<RpcError> refuse_template(const Chain& chain, const std::optional<Address>& address,
                                        const std::string& prev_block) {
  if (!address) return RpcError{error_code::wrong_wallet_address, "Failed to parse wallet address"};
  if (address->kind == AddressKind::subaddress)
    return RpcError{error_code::mining_to_subaddress, "Mining to subaddress is not supported yet"};
  if (prev_block.empty()) return std::nullopt;
  const auto previous = parse_hash(prev_block);
  if (!previous) return RpcError{error_code::internal_error, "Invalid prev_block"};
  if (!chain.height_of(*previous))
    return RpcError{error_code::internal_error, "Internal error: failed to create block template"};
  if (*previous != chain.top().hash)
    return RpcError{error_code::internal_error,
                    "the mock has no alternative chains: prev_block can only be the last block"};
  return std::nullopt;
}

}  // namespace

Reply<GetBlockCount> run(Node& node, const GetBlockCount&) {
  return GetBlockCount::Answer{node.chain.height()};
}

Reply<GetHeight> run(Node& node, const GetHeight&) {
  return GetHeight::Answer{hex_of(node.chain.top().hash), node.chain.height()};
}

Reply<OnGetBlockHash> run(Node& node, const OnGetBlockHash& asked) {
  if (asked.heights.size() != 1)
    return RpcError{error_code::wrong_param, "Wrong parameters, expected height"};
  const std::uint64_t height = asked.heights.front();
  return hex_of(height < node.chain.height() ? node.chain.block(height).hash : Bytes32{});
}

Reply<GenerateBlocks> run(Node& node, const GenerateBlocks& asked) {
  if (node.network != Network::mainnet)
    return RpcError{error_code::regtest_required, "Regtest required when generating blocks"};
  GenerateBlocks::Answer answer;
  answer.height = node.chain.height();
  if (asked.amount_of_blocks == 0) return answer;
  const auto address = parse_address(asked.wallet_address, node.network);
  if (auto refusal = refuse_template(node.chain, address, asked.prev_block)) return *refusal;
  if (asked.amount_of_blocks > generated_blocks_max)
    return RpcError{error_code::wrong_param, "the mock generates at most " +
                                                 std::to_string(generated_blocks_max) +
                                                 " blocks in one call"};
  for (std::uint64_t i = 0; i < asked.amount_of_blocks; ++i) {
    const Block& block = node.chain.mine(address->spend, asked.starting_nonce);
    answer.blocks.push_back(hex_of(block.hash));
    answer.height = block.height;
  }
  return answer;
}

Reply<PopBlocks> run(Node& node, const PopBlocks& asked) {
  node.chain.pop(asked.nblocks);
  return PopBlocks::Answer{node.chain.height()};
}

Reply<GetLastBlockHeader> run(Node& node, const GetLastBlockHeader& asked) {
  return HeaderAnswer{header_of(node.chain, node.chain.top(), asked.fill_pow_hash), {}};
}

Reply<GetBlockHeaderByHash> run(Node& node, const GetBlockHeaderByHash& asked) {
  HeaderAnswer answer;
  const auto look_up = [&](const std::string& hex, auto take) -> std::optional<RpcError> {
    const auto found = block_with_hash(node.chain, hex);
    if (const auto* error = std::get_if<RpcError>(&found)) return *error;
    take(header_of(node.chain, *std::get<const Block*>(found), asked.fill_pow_hash));
    return std::nullopt;
  };
  if (!asked.hash.empty())
    if (auto error =
            look_up(asked.hash, [&](BlockHeader h) { answer.block_header = std::move(h); }))
      return *error;
  for (const std::string& hex : asked.hashes)
    if (auto error = look_up(hex, [&](BlockHeader h) { answer.block_headers.push_back(h); }))
      return *error;
  return answer;
}

Reply<GetBlockHeaderByHeight> run(Node& node, const GetBlockHeaderByHeight& asked) {
  if (asked.height >= node.chain.height()) return too_high(node.chain, asked.height);
  return HeaderAnswer{header_of(node.chain, node.chain.block(asked.height), asked.fill_pow_hash),
                      {}};
}

Reply<GetBlockHeadersRange> run(Node& node, const GetBlockHeadersRange& asked) {
  if (asked.start_height > asked.end_height || asked.end_height >= node.chain.height())
    return RpcError{error_code::too_big_height, "Invalid start/end heights."};
  GetBlockHeadersRange::Answer answer;
  for (std::uint64_t h = asked.start_height; h <= asked.end_height; ++h)
    answer.headers.push_back(header_of(node.chain, node.chain.block(h), asked.fill_pow_hash));
  return answer;
}

Reply<GetBlock> run(Node& node, const GetBlock& asked) {
  const Block* block = nullptr;
  if (!asked.hash.empty()) {
    const auto found = block_with_hash(node.chain, asked.hash);
    if (const auto* error = std::get_if<RpcError>(&found)) return *error;
    block = std::get<const Block*>(found);
  } else if (asked.height >= node.chain.height()) {
    return too_high(node.chain, asked.height);
  } else {
    block = &node.chain.block(asked.height);
  }
  GetBlock::Answer answer;
  answer.blob = to_hex(block_blob(*block));
  answer.block_header = header_of(node.chain, *block, asked.fill_pow_hash);
  answer.json = block_json(*block);
  answer.miner_tx_hash = hex_of(block->coinbase->hash);
  for (const auto& transaction : block->transactions)
    answer.tx_hashes.push_back(hex_of(transaction->hash));
  return answer;
}

Reply<GetCoinbaseTxSum> run(Node& node, const GetCoinbaseTxSum& asked) {
  const Chain& chain = node.chain;
  GetCoinbaseTxSum::Answer answer;
  if (asked.height >= chain.height() || asked.count > chain.height()) {
    answer.status = "height or count is too large";
    return answer;
  }
  std::uint64_t fees = 0;
  std::uint64_t emission = 0;
  const std::uint64_t end = std::min(asked.height + asked.count, chain.height());
  for (std::uint64_t h = asked.height; h < end; ++h) {
    std::uint64_t of_block = 0;
    for (const auto& transaction : chain.block(h).transactions)
      of_block += transaction->fee.atomic();
    fees += of_block;
    emission += chain.block(h).reward.atomic() - of_block;
  }
  answer.emission_amount = Amount::from_atomic(emission);
  answer.fee_amount = Amount::from_atomic(fees);
  answer.wide_emission_amount = wide(emission);
  answer.wide_fee_amount = wide(fees);
  return answer;
}

}  // namespace escrowstorm::mockrpc::daemonrpc
