// Ends the program with a line when what must hold does not: how a fuzz target tells.
#pragma once

#include <cstdio>
#include <cstdlib>
#include <string>

namespace escrowstorm::fuzz {

inline void check(bool holds, const std::string& what) {
  if (holds) return;
  std::fprintf(stderr, "does not hold: %s\n", what.c_str());
  std::abort();
}

}  // namespace escrowstorm::fuzz
