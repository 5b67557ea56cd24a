#include "sim/faults/delay_spread.hpp"

#include <algorithm>
#include <array>

namespace escrowstorm::sim {
namespace {

__extension__ using Wide = unsigned __int128;

constexpr unsigned fraction_bits = 32;  // of a factor
constexpr unsigned power_bits = 12;     // of an exponent, behind the point
constexpr Wide one = Wide(1) << fraction_bits;
constexpr Duration longest = std::chrono::hours(1);

// The largest whole number whose square is no more.
Wide square_root(Wide of) {
  Wide root = 0;
  for (Wide bit = Wide(1) << 63; bit > 0; bit >>= 1)
    if ((root + bit) * (root + bit) <= of) root += bit;
  return root;
}

// base to the power of exponent / 2^power_bits; base at least one. Bit by bit: a half of an
// exponent is a square root.
Wide power(Wide base, std::uint32_t exponent) {
  Wide result = one;
  for (std::uint32_t whole = exponent >> power_bits; whole > 0; --whole)
    result = result * base >> fraction_bits;
  for (unsigned bit = power_bits; bit-- > 0;) {
    base = square_root(base << fraction_bits);
    if (exponent >> bit & 1) result = result * base >> fraction_bits;
  }
  return result;
}

// Twelve even draws make a nearly normal one, whose deviation is one of them.
constexpr int even_draws = 12;
constexpr std::int64_t deviation = 1 << 16;
// Of a hundred such sums 99 are below 2.303 deviations.
constexpr std::int64_t p99_permille = 2'303;

}  // namespace

DelaySpread::DelaySpread(Spread spread, Duration delay, Duration up_to)
    : spread_(spread), delay_(delay), up_to_(up_to) {}

Duration DelaySpread::draw(RandomStream& random) const {
  switch (spread_) {
    case Spread::fixed:
      break;
    case Spread::uniform: {
      const auto span = static_cast<std::uint64_t>((up_to_ - delay_).count());
      return delay_ + Duration(static_cast<Duration::rep>(random.below(span + 1)));
    }
    case Spread::lognormal:
      return lognormal(random);
    case Spread::spike:
      return random.chance(1, 100) ? up_to_ : delay_;
  }
  return delay_;
}

// delay * (up_to / delay) ^ (z / z of 99 %), z being normal.
Duration DelaySpread::lognormal(RandomStream& random) const {
  if (delay_ == Duration::zero()) return delay_;
  std::int64_t z = -even_draws / 2 * deviation;
  for (int i = 0; i < even_draws; ++i) z += static_cast<std::int64_t>(random.below(deviation));
  const auto size = static_cast<std::uint32_t>((z < 0 ? -z : z) * 1000 * (1 << power_bits) /
                                               (deviation * p99_permille));
  const auto median = static_cast<Wide>(delay_.count());
  const Wide ratio = (static_cast<Wide>(up_to_.count()) << fraction_bits) / median;
  const Wide factor = power(ratio, size);
  const Wide drawn = z < 0 ? (median << fraction_bits) / factor : median * factor >> fraction_bits;
  return Duration(static_cast<Duration::rep>(std::min(drawn, Wide(longest.count()))));
}

}  // namespace escrowstorm::sim
