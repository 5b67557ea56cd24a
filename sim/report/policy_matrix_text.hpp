// Policies against what they break, as a table and for programs. Pure functions.
#pragma once

#include <nlohmann/json_fwd.hpp>
#include <string>

#include "sim/ablate/policy_matrix.hpp"

namespace escrowstorm::sim {

std::string policy_table(const PolicyMatrix& matrix);

nlohmann::ordered_json to_json(const PolicyMatrix& matrix);

}  // namespace escrowstorm::sim
