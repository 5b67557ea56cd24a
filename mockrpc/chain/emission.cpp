#include "mockrpc/chain/emission.hpp"

#include <algorithm>
#include <limits>

namespace escrowstorm::mockrpc {
namespace {

constexpr std::uint64_t money_supply = std::numeric_limits<std::uint64_t>::max();
constexpr int emission_speed = 19;  // of a block each two minutes
constexpr std::uint64_t tail_reward = 600'000'000'000;

}  // namespace

std::optional<Amount> block_reward(Amount generated, std::uint64_t block_weight) {
  const std::uint64_t base =
      std::max((money_supply - generated.atomic()) >> emission_speed, tail_reward);
  if (block_weight <= block_weight_median) return Amount::from_atomic(base);
  if (block_weight > block_weight_limit) return std::nullopt;
  __extension__ using Wide = unsigned __int128;
  const std::uint64_t share = (block_weight_limit - block_weight) * block_weight;
  const Wide reward = static_cast<Wide>(base) * share / block_weight_median / block_weight_median;
  return Amount::from_atomic(static_cast<std::uint64_t>(reward));
}

}  // namespace escrowstorm::mockrpc
