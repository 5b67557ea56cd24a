// A JSON Schema of scenario files, for editors: made by asking the reader which keys it asks for,
// in a file that has each section, each fault and each kind of arrivals in turn (key_notes.hpp),
// and from what the docs say about them (key_docs.hpp). It refuses nothing that the reader takes.
#pragma once

#include <nlohmann/json_fwd.hpp>

namespace escrowstorm::sim {

// Draft 07: the newest that editors carry out in full.
nlohmann::ordered_json scenario_schema();

}  // namespace escrowstorm::sim
