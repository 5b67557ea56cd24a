// Probes about single calls.
#pragma once

#include "sim/probes/probe.hpp"

namespace escrowstorm::sim {

std::unique_ptr<Probe> make_slot_taken_over();
std::unique_ptr<Probe> make_answer_of_a_round_lost();
std::unique_ptr<Probe> make_executed_twice();
std::unique_ptr<Probe> make_deadline_passed();
std::unique_ptr<Probe> make_refused_by_a_dead_instance();
std::unique_ptr<Probe> make_all_instances_leased();
std::unique_ptr<Probe> make_late_call_before_a_drain();

}  // namespace escrowstorm::sim
