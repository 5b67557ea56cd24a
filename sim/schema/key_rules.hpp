// What keys of one section have to do with each other, as JSON Schema.
#pragma once

#include <nlohmann/json_fwd.hpp>
#include <string>
#include <vector>

#include "sim/scenario/key_notes.hpp"

namespace escrowstorm::sim {

// The text at `path` below the section is one of `names`, or absent where that counts as one.
nlohmann::ordered_json name_condition(const std::string& path,
                                      const std::vector<std::string>& names, bool or_absent);

// Adds what the section's notes say of keys beside others.
void add_rules(const SectionNote& note, nlohmann::ordered_json& section);

}  // namespace escrowstorm::sim
