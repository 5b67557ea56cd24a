#include "sim/invariants/every_escrow_ends.hpp"

#include "sim/storm/storm.hpp"

namespace escrowstorm::sim {

void EveryEscrowEnds::told(const Event& event) {
  if (event.kind != EventKind::escrow || !event.escrow) return;
  if (event.phase == storm_phase::requested) under_way_.insert(*event.escrow);
  if (event.phase == storm_phase::ended) under_way_.erase(*event.escrow);
}

void EveryEscrowEnds::over(TimePoint at) {
  for (const EscrowId escrow : under_way_)
    violated(at, escrow, std::nullopt, "escrow " + std::to_string(escrow) + " never ended");
}

}  // namespace escrowstorm::sim
