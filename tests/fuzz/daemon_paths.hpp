// Inputs of the target `daemon`: records of one character that names the path, and a body.
#pragma once

#include <array>
#include <string_view>

namespace escrowstorm::fuzz {

inline constexpr std::array<std::string_view, 22> daemon_paths{"/json_rpc",
                                                               "/get_height",
                                                               "/get_info",
                                                               "/get_transactions",
                                                               "/get_alt_blocks_hashes",
                                                               "/is_key_image_spent",
                                                               "/send_raw_transaction",
                                                               "/save_bc",
                                                               "/get_peer_list",
                                                               "/get_public_nodes",
                                                               "/get_transaction_pool",
                                                               "/get_transaction_pool_hashes",
                                                               "/get_transaction_pool_stats",
                                                               "/get_limit",
                                                               "/pop_blocks",
                                                               "/getheight",
                                                               "/getinfo",
                                                               "/gettransactions",
                                                               "/sendrawtransaction",
                                                               "/get_outs",
                                                               "/start_mining",
                                                               "/nowhere"};

}  // namespace escrowstorm::fuzz
