#include "coordinator/slots/lease_events.hpp"

namespace escrowstorm::coordinator {

void LeaseEvents::wait(EscrowId escrow) {
  Event event;
  event.at = clock_.now();
  event.kind = EventKind::lease;
  event.phase = "wait";
  event.escrow = escrow;
  observer_.on(event);
}

void LeaseEvents::granted(const Lease& lease, TimePoint asked) {
  tell_each("granted", lease, lease.granted - asked);
}

void LeaseEvents::released(const Lease& lease) {
  tell_each("released", lease, clock_.now() - lease.granted);
}

void LeaseEvents::tell_each(std::string_view phase, const Lease& lease, Duration duration) {
  for (const Role role : lease.roles) {
    Event event;
    event.at = clock_.now();
    event.kind = EventKind::lease;
    event.phase = phase;
    event.escrow = lease.escrow;
    event.role = role;
    event.instance = lease.instances[index_of(role)];
    event.duration = duration;
    observer_.on(event);
  }
}

}  // namespace escrowstorm::coordinator
