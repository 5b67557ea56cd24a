// How a text in a scenario has to look, for those who can't ask the function that reads it.
#pragma once

#include <string>

namespace escrowstorm::sim {

struct TextForm {
  std::string pattern;   // a regular expression, as JSON Schema has them; empty: any text
  std::string expected;  // in words
};

}  // namespace escrowstorm::sim
