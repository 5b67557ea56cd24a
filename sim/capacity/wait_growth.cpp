#include "sim/capacity/wait_growth.hpp"

#include <cstdint>
#include <vector>

#include "sim/storm/storm.hpp"

namespace escrowstorm::sim {
namespace {

constexpr std::size_t parts_of_a_storm = 3;  // the first of which fills the fleet

}  // namespace

void WaitGrowth::on(const Event& event) {
  if (event.kind != EventKind::escrow || !event.escrow) return;
  if (event.phase == storm_phase::requested) {
    under_way_.emplace(*event.escrow, event.at - event.duration);
    return;
  }
  // The first of them that is told; of a call, the latter is told behind its answer.
  if (event.phase == storm_phase::answered) under_way_.erase(*event.escrow);
  if (event.phase != storm_phase::set_up && event.phase != storm_phase::ended) return;
  const auto at = under_way_.find(*event.escrow);
  if (at == under_way_.end()) return;
  if (event.ok) ready_.emplace(*event.escrow, SetUp{at->second, event.duration});
  under_way_.erase(at);
}

WaitGrowth::SetUp WaitGrowth::mean_of(std::span<const SetUp> some) {
  const auto count = static_cast<std::int64_t>(some.size());
  SetUp sum{TimePoint(), Duration::zero()};
  for (const SetUp& one : some) {
    sum.due += one.due.time_since_epoch() / count;
    sum.took += one.took / count;
  }
  return sum;
}

std::optional<double> WaitGrowth::percent() const {
  std::vector<SetUp> all;
  for (const auto& [escrow, one] : ready_) all.push_back(one);
  const std::size_t part = all.size() / parts_of_a_storm;
  if (part == 0) return std::nullopt;
  const std::span<const SetUp> in_order(all);
  const SetUp earlier = mean_of(in_order.subspan(all.size() - 2 * part, part));
  const SetUp later = mean_of(in_order.last(part));
  if (later.due <= earlier.due) return std::nullopt;
  return 100 * to_ms(later.took - earlier.took) / to_ms(later.due - earlier.due);
}

}  // namespace escrowstorm::sim
