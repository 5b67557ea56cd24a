// What an ablation says: a row for each wait and lock with its verdict, and what leaving them out
// saves. Pure functions.
#pragma once

#include <nlohmann/json_fwd.hpp>
#include <string>

#include "sim/ablate/ablation.hpp"

namespace escrowstorm::sim {

std::string ablation_table(const Ablation& ablation);

// The same for programs: durations in ms, rates as fractions.
nlohmann::ordered_json to_json(const Ablation& ablation);

}  // namespace escrowstorm::sim
