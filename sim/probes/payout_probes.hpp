// Probes about what happens between the steps of a payout.
#pragma once

#include "sim/probes/probe.hpp"

namespace escrowstorm::sim {

std::unique_ptr<Probe> make_crash_after_decision();
std::unique_ptr<Probe> make_crash_after_making();
std::unique_ptr<Probe> make_crash_after_signature();
std::unique_ptr<Probe> make_crash_after_signed_commit();
std::unique_ptr<Probe> make_crash_after_submission();
std::unique_ptr<Probe> make_answer_of_submit_lost();
std::unique_ptr<Probe> make_payout_started_over();

}  // namespace escrowstorm::sim
