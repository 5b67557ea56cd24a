// What a transaction pays for its weight. Follows monero's blockchain.cpp
// (get_dynamic_base_fee_estimate_2021_scaling) for blocks that stay light, and wallet2
// (get_base_fee, calculate_fee_from_weight). Pure functions, any thread.
#pragma once

#include <array>
#include <cstdint>

#include "base/amount.hpp"

namespace escrowstorm::mockrpc {

// Atomic units for each byte of weight, for priorities 1 to 4.
using FeeRates = std::array<std::uint64_t, 4>;

inline constexpr std::uint64_t fee_quantization = 10'000;

// `reward`: of the next block, without fees.
FeeRates fee_rates(Amount reward);

// Priority 0 is 1, what is above 4 is 4.
std::uint64_t fee_rate(const FeeRates& rates, std::uint32_t priority);

// Rounded up to the quantization.
Amount fee_for(std::uint64_t weight, std::uint64_t rate);

}  // namespace escrowstorm::mockrpc
