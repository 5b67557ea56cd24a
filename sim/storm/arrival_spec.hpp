// When a storm's escrows are asked for, as a scenario says it. docs/scenarios.md describes each
// kind; sim/storm/arrivals/table.hpp says which keys it has.
#pragma once

#include <cstdint>
#include <string>
#include <vector>

#include "base/time.hpp"

namespace escrowstorm::sim {

// So many in each such time.
struct Rate {
  std::uint32_t count = 1;
  Duration per = std::chrono::seconds(1);

  friend bool operator==(const Rate&, const Rate&) = default;
};

// Those that a kind does not have keep the defaults.
struct ArrivalSpec {
  std::string kind = "closed";  // a name of sim/storm/arrivals/table.hpp
  Duration think_time{};        // closed: from an escrow's end to the same user's next
  Rate rate;                    // constant, poisson
  Rate from, to;                // ramp: over so long, then as it ended
  Duration over{};
  std::uint32_t size = 1;  // burst: at once, every so often
  Duration every{};
  std::string file;             // replayed: where they stood
  std::vector<Duration> times;  // since the storm began, none before the one above it

  friend bool operator==(const ArrivalSpec&, const ArrivalSpec&) = default;
};

}  // namespace escrowstorm::sim
