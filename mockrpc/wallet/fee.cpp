#include "mockrpc/wallet/fee.hpp"

#include <algorithm>

#include "mockrpc/chain/emission.hpp"

namespace escrowstorm::mockrpc {
namespace {

__extension__ using Wide = unsigned __int128;

// To two decimal digits.
std::uint64_t rounded_up(std::uint64_t rate) {
  std::uint64_t step = 1;
  while (rate / step >= 100) step *= 10;
  return (rate + step - 1) / step * step;
}

}  // namespace

FeeRates fee_rates(Amount reward) {
  constexpr Wide reference_weight = 3'000;
  constexpr Wide median = block_weight_median;
  const auto low = [&](std::uint64_t times) {
    return static_cast<std::uint64_t>(times * Wide{reward.atomic()} * reference_weight /
                                      (median * median));
  };
  const std::uint64_t medium = low(16);
  // As the real one computes it, with the fee of priority 3 rounded down before.
  const auto high = static_cast<std::uint64_t>(std::max(
      Wide{4} * medium, Wide{4} * medium * median / (32 * reference_weight * median / median)));
  return {rounded_up(low(1)), rounded_up(low(4)), rounded_up(medium), rounded_up(high)};
}

std::uint64_t fee_rate(const FeeRates& rates, std::uint32_t priority) {
  return rates[std::clamp<std::uint32_t>(priority, 1, 4) - 1];
}

Amount fee_for(std::uint64_t weight, std::uint64_t rate) {
  const std::uint64_t fee = weight * rate;
  return Amount::from_atomic((fee + fee_quantization - 1) / fee_quantization * fee_quantization);
}

}  // namespace escrowstorm::mockrpc
