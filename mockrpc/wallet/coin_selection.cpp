#include "mockrpc/wallet/coin_selection.hpp"

#include <algorithm>
#include <cassert>

namespace escrowstorm::mockrpc {
namespace {

constexpr int unrelated = 0;
constexpr int of_one_transaction = 10;

// Places within `from`.
std::vector<std::size_t> least_related(std::span<const Coin> coins, const CoinList& from,
                                       const CoinList& selected) {
  std::vector<std::size_t> best;
  int least = of_one_transaction;
  for (std::size_t place = 0; place < from.size(); ++place) {
    int most = unrelated;
    for (const std::size_t other : selected)
      most = std::max(most, relatedness(coins[from[place]], coins[other]));
    if (most < least) {
      least = most;
      best.clear();
    }
    if (most == least) best.push_back(place);
  }
  return best;
}

std::size_t smallest_of(std::span<const Coin> coins, const CoinList& from,
                        const std::vector<std::size_t>& places) {
  return *std::min_element(places.begin(), places.end(), [&](std::size_t a, std::size_t b) {
    return coins[from[a]].amount < coins[from[b]].amount;
  });
}

bool enough(const Coin& a, const Coin& b, Amount needed) {
  const auto sum = a.amount.plus(b.amount);
  return !sum || *sum >= needed;
}

}  // namespace

int relatedness(const Coin& a, const Coin& b) {
  if (a.tx_hash == b.tx_hash) return of_one_transaction;
  const std::uint64_t apart = a.height > b.height ? a.height - b.height : b.height - a.height;
  if (apart == 0) return 9;
  if (apart == 1) return 8;
  return apart < 10 ? 2 : unrelated;
}

std::size_t take_least_related(std::span<const Coin> coins, CoinList& from,
                               const CoinList& selected, Choice choice, RandomStream& random) {
  const std::vector<std::size_t> best = least_related(coins, from, selected);
  assert(!best.empty());
  const std::size_t place =
      choice == Choice::smallest ? smallest_of(coins, from, best) : best[random.below(best.size())];
  // The last one moves to where it was: the order of what is left is seen in what is taken next.
  const std::size_t taken = from[place];
  from[place] = from.back();
  from.pop_back();
  return taken;
}

std::size_t least_related_smallest(std::span<const Coin> coins, const CoinList& from,
                                   const CoinList& selected) {
  return from[smallest_of(coins, from, least_related(coins, from, selected))];
}

CoinList preferred_coins(std::span<const Coin> coins, Amount needed) {
  for (std::size_t i = 0; i < coins.size(); ++i)
    if (coins[i].amount >= needed) return {i};

  CoinList pair;
  int least = of_one_transaction;
  for (std::size_t i = 0; i < coins.size(); ++i) {
    if (coins[i].partial) continue;
    for (std::size_t j = i + 1; j < coins.size(); ++j) {
      const Coin& other = coins[j];
      if (other.partial || other.address != coins[i].address || !enough(coins[i], other, needed))
        continue;
      const int related = relatedness(coins[i], other);
      if (related >= least) continue;
      least = related;
      pair = {i, j};
      if (related == unrelated) return pair;
    }
  }
  return pair;
}

}  // namespace escrowstorm::mockrpc
