// Probes about sessions, and about looks at a balance in them.
#pragma once

#include "sim/probes/probe.hpp"

namespace escrowstorm::sim {

std::unique_ptr<Probe> make_session_ended_for_others();
std::unique_ptr<Probe> make_session_found_lost();
std::unique_ptr<Probe> make_paid_during_a_look();
std::unique_ptr<Probe> make_balance_joined();

}  // namespace escrowstorm::sim
