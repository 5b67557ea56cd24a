// What the reader of a scenario asks for: each key of each section, what may stand there, and what
// holds when it is absent. Noted by the very calls that read, where somebody wants to know
// (sim/schema), so that what is said of the keys can't differ from what is read.
#pragma once

#include <cstdint>
#include <functional>
#include <map>
#include <optional>
#include <string>
#include <string_view>
#include <variant>
#include <vector>

#include "sim/scenario/text_form.hpp"

namespace escrowstorm::sim {

struct ValueNote {
  enum class Kind : unsigned char { unknown, truth, text, whole, section };

  Kind kind = Kind::unknown;       // unknown: nobody has read it
  std::int64_t min = 0;            // of a whole number
  std::uint64_t max = 0;           // of a whole number
  std::vector<std::string> names;  // a text is one of these,
  TextForm form;                   // or has this form
};

struct KeyNote {
  enum class Lists : unsigned char { none, only, too };  // whether a list of such values may stand

  std::string key;
  ValueNote value;
  Lists lists = Lists::none;
  bool section_too = false;  // a section may stand in place of each text
  bool required = false;
  bool refused = false;  // never well here, but asked for to say why
  std::variant<std::monostate, bool, std::uint64_t, std::string> when_absent;
  std::vector<std::string> not_beside;   // any of these keys
  std::vector<std::string> only_beside;  // one of these keys at least
};

// Where the text at `decider`, a path below the section, is one of `names`: exactly one of `keys`
// is there, or none.
struct KeyRule {
  enum class Count : unsigned char { exactly_one, none };

  std::string decider;
  std::vector<std::string> names;
  bool or_absent = false;  // the decider, which then is one of the names by default
  Count count{};
  std::vector<std::string> keys;
};

// The keys of a section are paths of the scenario's keys, each with a list of values for it.
struct PathsNote {
  std::vector<std::string> but;  // below these there are none
  std::uint64_t values_max = 0;
};

struct SectionNote {
  std::vector<KeyNote> keys;  // in the order in which they were asked for
  std::vector<KeyRule> rules;
  std::string decided_by;          // a key on whose name it depends which others there are
  std::optional<PathsNote> paths;  // nothing: its keys are those above

  // Noted from then on.
  KeyNote& key(std::string_view name);
};

// By the section's path; "" is the whole, "faults[0]" the first of a list.
using KeyNotes = std::map<std::string, SectionNote, std::less<>>;

// What the reader asks for where a file has this text, whatever is wrong with it (reader.cpp).
KeyNotes keys_asked_for(std::string_view text);

}  // namespace escrowstorm::sim
