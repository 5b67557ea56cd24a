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

bool CallTrigger::is_time(TimePoint time) const {
  const Duration at = time.time_since_epoch();
  return at >= trigger_.from && !(trigger_.until && at >= *trigger_.until);
}

bool CallTrigger::matches(const mockrpc::CallAtSeat& call,
                          std::optional<coordinator::Phase> phase) const {
  const FaultTrigger& t = trigger_;
  if (!is_time(call.at)) return false;
  if (!call.whom && !(t.roles.empty() && t.escrows.empty())) return false;
  if (call.whom && !(holds(t.roles, call.whom->role) && holds(t.escrows, call.whom->escrow)))
    return false;
  if (!t.phases.empty() && !(phase && holds(t.phases, *phase))) return false;
  return holds(t.instances, call.instance) && holds(t.methods, method_of(*call.request));
}

bool CallTrigger::takes(const mockrpc::CallAtSeat& call, std::optional<coordinator::Phase> phase) {
  return matches(call, phase) && takes_this();
}

bool CallTrigger::takes_commit(TimePoint at, EscrowId escrow) {
  return is_time(at) && holds(trigger_.escrows, escrow) && takes_this();
}

// Of those that match.
bool CallTrigger::takes_this() {
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
