// What a service carries, for programs. A pure function.
#pragma once

#include <nlohmann/json_fwd.hpp>

#include "sim/capacity/capacity.hpp"

namespace escrowstorm::sim {

// Times in ms, memory in MiB; a load at once is a count, one per minute a rate.
nlohmann::ordered_json capacity_json(const Scenario& scenario, const Capacity& capacity);

}  // namespace escrowstorm::sim
