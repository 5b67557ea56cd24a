// Swarm testing (Groce et al., "Swarm Testing", ISSTA 2012): each seed draws which of what a
// scenario lists under "swarm" is on, and how strong, so that the runs differ in kind and not only
// in chance. What has all faults on at once hides what one of them alone would show.
#pragma once

#include <cstdint>

#include "sim/scenario/scenario.hpp"

namespace escrowstorm::sim {

// The scenario that a seed stands for: concrete, without a swarm, in the virtual world. Where the
// scenario says nothing of the schedule, neither in "swarm" nor elsewhere, it is drawn too.
Scenario draw(const Scenario& scenario, std::uint64_t seed);

}  // namespace escrowstorm::sim
