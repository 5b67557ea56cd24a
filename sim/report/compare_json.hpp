// A comparison for programs: times in ms, what is not known as null. Pure function.
#pragma once

#include <nlohmann/json_fwd.hpp>

#include "sim/compare/comparison.hpp"

namespace escrowstorm::sim {

nlohmann::ordered_json to_json(const Comparison& comparison);

}  // namespace escrowstorm::sim
