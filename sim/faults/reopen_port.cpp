#include "sim/faults/reopen_port.hpp"

#include "sim/world/world.hpp"

namespace escrowstorm::sim {
namespace {

Event port_taken(std::uint32_t instance, TimePoint at, std::string why) {
  Event event;
  event.at = at;
  event.kind = EventKind::fault;
  event.phase = port_taken_phase;
  event.instance = instance;
  event.ok = false;
  event.message = std::move(why);
  return event;
}

}  // namespace

Awaitable<void> reopen_port(mockrpc::Fleet& fleet, std::uint32_t instance, Clock& clock,
                            Observer& observer) {
  for (int tried = 1;; ++tried) {
    const std::optional<std::string> taken = fleet.open_port(instance);
    if (!taken) co_return;
    if (tried == 1) observer.on(port_taken(instance, clock.now(), *taken));
    if (tried == port_tries_max)
      throw WorldError("instance " + std::to_string(instance) +
                       ": its port was taken while it was shut: " + *taken);
    const TimePoint again = clock.now() + port_tries_every;
    co_await clock.sleep_until(again);
  }
}

}  // namespace escrowstorm::sim
