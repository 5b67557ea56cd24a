#include "sim/invariants/leases_returned.hpp"

namespace escrowstorm::sim {

void LeasesReturned::told(const Event& event) {
  if (event.kind == EventKind::escrow && event.phase == "crashed") held_.clear();
  if (event.kind != EventKind::lease || !event.escrow) return;
  if (event.phase == "granted") ++held_[*event.escrow];
  if (event.phase == "released" && --held_[*event.escrow] == 0) held_.erase(*event.escrow);
}

void LeasesReturned::over(TimePoint at) {
  for (const auto& [escrow, instances] : held_)
    violated(at, escrow, std::nullopt,
             "escrow " + std::to_string(escrow) + " never gave back " + std::to_string(instances) +
                 " instances");
}

}  // namespace escrowstorm::sim
