// A section whose keys are paths of the scenario's own, each with a list of values for it, as JSON
// Schema.
#pragma once

#include <nlohmann/json_fwd.hpp>

#include "sim/scenario/key_notes.hpp"

namespace escrowstorm::sim {

// `root` is the scenario's schema without its definitions.
nlohmann::ordered_json paths_schema(const nlohmann::ordered_json& root,
                                    const nlohmann::ordered_json& definitions,
                                    const PathsNote& note);

}  // namespace escrowstorm::sim
