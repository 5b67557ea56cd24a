#include "sim/scenario/key_notes.hpp"

#include <algorithm>

namespace escrowstorm::sim {

KeyNote& SectionNote::key(std::string_view name) {
  const auto at =
      std::find_if(keys.begin(), keys.end(), [&](const KeyNote& note) { return note.key == name; });
  if (at != keys.end()) return *at;
  KeyNote& note = keys.emplace_back();
  note.key = name;
  return note;
}

}  // namespace escrowstorm::sim
