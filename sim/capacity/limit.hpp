// What limits a service: at a load that it does not carry each part is relieved alone, and the one
// whose relief carries the load is the limit. Where none is, how few it takes together.
#pragma once

#include <vector>

#include "sim/capacity/load_tester.hpp"
#include "sim/capacity/relief.hpp"

namespace escrowstorm::sim {

struct ReliefTrial {
  const Relief* relief;
  LoadTrial trial;
};

struct Limit {
  Load load;  // that was tried: a quarter more than is carried, so that a small gain does not count
  LoadTrial as_is;
  std::vector<ReliefTrial> alone;  // of the parts that the scenario has, in the table's order
  // Each of which carries it alone, what helps most first; or, where none does, all of which it
  // takes together. Empty: not even all of them do.
  std::vector<const Relief*> parts;
  bool together = false;
};

// `load`: one that fails, or more than that.
Limit find_limit(const CapacityVariant& variant, const Load& load, LoadTester& tester);

// The load at which it is looked for.
std::uint64_t size_beyond(std::uint64_t carried, std::uint64_t failed);

}  // namespace escrowstorm::sim
