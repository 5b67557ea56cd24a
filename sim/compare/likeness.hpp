// Whether two sides are the same but for what is to be compared. What a scenario says is in no
// summary, but for its name and load: that the files were the same is for whoever ran them to know.
#pragma once

#include <string>
#include <vector>

#include "sim/compare/run_set.hpp"

namespace escrowstorm::sim {

// Why they can't be compared like for like, a clause each: other scenarios, worlds, loads.
std::vector<std::string> differences_in_kind(const RunSet& a, const RunSet& b);

// What else who reads the comparison should know, a clause each.
std::vector<std::string> notes_on(const RunSet& a, const RunSet& b);

// The runs of both did the same, event by event.
bool have_same_events(const RunSet& a, const RunSet& b);

// Two single runs that should have done the same, and the first event that differs means something.
bool are_repeats(const RunSet& a, const RunSet& b);

// "20 runs of first on virtual, seeds 1 to 20"
std::string about_set(const RunSet& set);

}  // namespace escrowstorm::sim
