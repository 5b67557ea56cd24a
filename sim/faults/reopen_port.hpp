// Opens the port of an instance that a fault has shut. Another program may have taken its number
// meanwhile: that is told as an event of kind fault, and it is tried again for some seconds.
#pragma once

#include <cstdint>

#include "base/clock.hpp"
#include "base/observer.hpp"
#include "mockrpc/fleet/fleet.hpp"

namespace escrowstorm::sim {

inline constexpr std::string_view port_taken_phase = "port_taken";
inline constexpr int port_tries_max = 50;
inline constexpr auto port_tries_every = std::chrono::milliseconds(100);

// References outlive the waiting. Throws WorldError when it can't be had.
Awaitable<void> reopen_port(mockrpc::Fleet& fleet, std::uint32_t instance, Clock& clock,
                            Observer& observer);

}  // namespace escrowstorm::sim
