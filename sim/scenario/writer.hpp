// A scenario as a file again: complete and explicit, such that reading it gives an equal Scenario.
// Replay files hold it.
#pragma once

#include <nlohmann/json_fwd.hpp>

#include "sim/scenario/scenario.hpp"

namespace escrowstorm::sim {

// REQUIRES: `scenario` is one that a file can say, as the reader makes them.
nlohmann::ordered_json scenario_json(const Scenario& scenario);

}  // namespace escrowstorm::sim
