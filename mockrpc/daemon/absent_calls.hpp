// The calls that monerod has and the mock has not: they say so instead of passing for a spelling
// mistake. docs/mock.md lists them.
#pragma once

#include <algorithm>
#include <array>
#include <string_view>

namespace escrowstorm::mockrpc::daemonrpc {

inline constexpr std::string_view absent_method_message =
    "monerod has this method, the mock has not; docs/mock.md lists them";
inline constexpr std::string_view absent_path_status =
    "monerod has this path, the mock has not; docs/mock.md lists them";

inline constexpr std::array<std::string_view, 16> absent_methods{
    "add_aux_pow",         "banned",           "calc_pow",         "get_block_template",
    "get_miner_data",      "getblocktemplate", "prune_blockchain", "rpc_access_account",
    "rpc_access_data",     "rpc_access_info",  "rpc_access_pay",   "rpc_access_submit_nonce",
    "rpc_access_tracking", "set_bans",         "submit_block",     "submitblock"};

inline constexpr std::array<std::string_view, 24> absent_paths{
    "/get_blocks.bin",
    "/get_blocks_by_height.bin",
    "/get_hashes.bin",
    "/get_net_stats",
    "/get_o_indexes.bin",
    "/get_output_distribution.bin",
    "/get_outs",
    "/get_outs.bin",
    "/get_transaction_pool_hashes.bin",
    "/getblocks.bin",
    "/getblocks_by_height.bin",
    "/gethashes.bin",
    "/in_peers",
    "/mining_status",
    "/out_peers",
    "/set_bootstrap_daemon",
    "/set_limit",
    "/set_log_categories",
    "/set_log_hash_rate",
    "/set_log_level",
    "/start_mining",
    "/stop_daemon",
    "/stop_mining",
    "/update",
};

constexpr bool is_absent_method(std::string_view name) {
  return std::find(absent_methods.begin(), absent_methods.end(), name) != absent_methods.end();
}

constexpr bool is_absent_path(std::string_view path) {
  return std::find(absent_paths.begin(), absent_paths.end(), path) != absent_paths.end();
}

}  // namespace escrowstorm::mockrpc::daemonrpc
