#include "sim/faults/call_trigger.hpp"

#include <algorithm>

#include "sim/scenario/quantities.hpp"

namespace escrowstorm::sim {
namespace {

// An empty list holds anything.
template <class Value, class Sought>
bool holds(const std::vector<Value>& list, const Sought& value) {
  return list.empty() || std::find(list.begin(), list.end(), value) != list.end();
}

}  // namespace

bool CallTrigger::matches(const mockrpc::CallAtSeat& call) const {
  const FaultTrigger& t = trigger_;
  const Duration at = call.at.time_since_epoch();
  if (at < t.from || (t.until && at >= *t.until)) return false;
  if (!call.whom && !(t.roles.empty() && t.escrows.empty())) return false;
  if (call.whom && !(holds(t.roles, call.whom->role) && holds(t.escrows, call.whom->escrow)))
    return false;
  return holds(t.instances, call.instance) && holds(t.methods, method_of(*call.request));
}

bool CallTrigger::takes(const mockrpc::CallAtSeat& call) {
  if (!matches(call)) return false;
  ++matched_;
  if (trigger_.nth && matched_ != *trigger_.nth) return false;
  if (trigger_.every_nth && matched_ % *trigger_.every_nth != 0) return false;
  if (trigger_.first && matched_ > *trigger_.first) return false;
  if (trigger_.probability_ppm && !random_.chance(*trigger_.probability_ppm, ppm_whole))
    return false;
  if (trigger_.at_most && taken_ >= *trigger_.at_most) return false;
  ++taken_;
  return true;
}

}  // namespace escrowstorm::sim
