// What another world says to an ablation's verdicts, as a table and for programs. Pure functions.
#pragma once

#include <nlohmann/json_fwd.hpp>
#include <string>

#include "sim/ablate/confirmation.hpp"

namespace escrowstorm::sim {

std::string confirmation_table(const Confirmation& confirmation);

nlohmann::ordered_json to_json(const Confirmation& confirmation);

}  // namespace escrowstorm::sim
