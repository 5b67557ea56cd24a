// What a block pays, as monero's get_block_reward computes it under the rules of hard fork 16.
// The median block weight is taken for its minimum: that it rises with heavy blocks is not
// modelled. Pure functions, any thread.
#pragma once

#include <cstdint>
#include <optional>

#include "base/amount.hpp"

namespace escrowstorm::mockrpc {

inline constexpr std::uint64_t block_weight_median = 300'000;
inline constexpr std::uint64_t block_weight_limit = 2 * block_weight_median;
// What a template keeps free for its coinbase.
inline constexpr std::uint64_t coinbase_weight_reserved = 600;

// Blocks until an output can be spent.
inline constexpr std::uint64_t coinbase_lock_blocks = 60;
inline constexpr std::uint64_t output_lock_blocks = 10;

// `generated`: all coins made before. Nothing when no block may be so heavy.
std::optional<Amount> block_reward(Amount generated, std::uint64_t block_weight);

}  // namespace escrowstorm::mockrpc
