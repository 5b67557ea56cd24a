// What may stand at one key, as JSON Schema.
#pragma once

#include <nlohmann/json_fwd.hpp>

#include "sim/scenario/key_notes.hpp"

namespace escrowstorm::sim {

// REQUIRES: it is no section.
nlohmann::ordered_json value_schema(const ValueNote& note);

// A list of such values; or one that may stand alone.
nlohmann::ordered_json list_schema(nlohmann::ordered_json item, KeyNote::Lists lists);

// What holds when the key is absent, where there is something.
void add_default(const KeyNote& note, nlohmann::ordered_json& schema);

}  // namespace escrowstorm::sim
