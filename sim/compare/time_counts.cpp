#include "sim/compare/time_counts.hpp"

#include <algorithm>
#include <bit>

namespace escrowstorm::sim {

void TimeCounts::record(Duration time) {
  constexpr int digits = 8;
  auto ns = static_cast<std::uint64_t>(std::max(time.count(), Duration::rep{0}));
  const int more = std::max(static_cast<int>(std::bit_width(ns)) - digits, 0);
  ns = ns >> more << more;
  ++counts_[Duration(static_cast<Duration::rep>(ns))];
  ++count_;
}

void TimeCounts::merge(const TimeCounts& other) {
  for (const auto& [time, count] : other.counts_) counts_[time] += count;
  count_ += other.count_;
}

}  // namespace escrowstorm::sim
