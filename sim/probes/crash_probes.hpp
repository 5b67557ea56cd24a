// Probes about a coordinator or a wallet RPC that dies.
#pragma once

#include "sim/probes/probe.hpp"

namespace escrowstorm::sim {

std::unique_ptr<Probe> make_crash_between_answer_and_commit();
std::unique_ptr<Probe> make_crash_while_waiting_for_instances();
std::unique_ptr<Probe> make_crash_after_publication();
std::unique_ptr<Probe> make_started_over();
std::unique_ptr<Probe> make_instance_died_with_a_wallet();
std::unique_ptr<Probe> make_instance_died_in_the_key_exchange();

}  // namespace escrowstorm::sim
