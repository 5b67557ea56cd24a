// What the tables of docs/scenarios.md and docs/faults.md say about each key of a scenario. They
// are compiled in, so that there is one wording, and a test holds them against the reader's keys.
#pragma once

#include <map>
#include <span>
#include <string>
#include <string_view>

namespace escrowstorm::sim {

struct KeyDoc {
  std::string meaning;
  std::string when_absent;  // of a table that has a column for it
};

// By the path without places in lists: "storm.journeys.price". Of tables whose first column is
// headed "key", with whole paths, or "key of ..." one of the sections that key_docs.cpp names.
using KeyDocs = std::map<std::string, KeyDoc, std::less<>>;

KeyDocs key_docs_in(std::span<const std::string_view> markdown);

// The texts of both files.
std::span<const std::string_view> docs_of_keys();

}  // namespace escrowstorm::sim
