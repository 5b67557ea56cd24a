// What so many runs came to, in the forms that reports share. Pure functions.
#pragma once

#include <nlohmann/json_fwd.hpp>
#include <string>
#include <vector>

#include "sim/ablate/trial.hpp"

namespace escrowstorm::sim {

// "own_wallet_only at seed 1"
std::string failed_with(const TrialFailure& failure);

// "holds: no failure in 1000 runs: below 0.3 %", "fails: own_wallet_only at seed 1"
std::string outcome_text(const Trial& trial);

// A set-up's or a storm's; "-" when there was none.
std::string time_cell(Duration took);

// Label, set-up, storm, outcome.
std::vector<std::string> time_row(std::string label, const Trial& trial);

// Durations in ms, rates as fractions; no rate where it stopped at a failure.
nlohmann::ordered_json trial_json(const Trial& trial);

}  // namespace escrowstorm::sim
