// What a service carries, for people. A pure function.
#pragma once

#include <string>

#include "sim/capacity/capacity.hpp"

namespace escrowstorm::sim {

std::string capacity_text(const Scenario& scenario, const LoadTestOptions& options,
                          const Capacity& capacity);

}  // namespace escrowstorm::sim
