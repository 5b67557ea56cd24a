// What fleet would carry so many escrows a minute: as many instances and cores as the escrows of
// the scenario keep busy, then more until the load is carried in the virtual world, then less of
// whatever is not missed.
#pragma once

#include <cstdint>
#include <optional>

#include "sim/capacity/load_tester.hpp"

namespace escrowstorm::sim {

struct FleetSize {
  std::uint32_t instances = 0;
  std::uint32_t cores = 0;

  friend bool operator==(const FleetSize&, const FleetSize&) = default;
};

struct FleetAdvice {
  Load load;
  std::optional<FleetSize> fleet;  // nothing: not even the largest that was tried carries it
  FleetSize tried;                 // the last, or the largest
  LoadTrial trial;                 // of the one that carries it, or of the largest
};

// What one escrow takes, alone in the fleet.
struct EscrowCost {
  Duration setup{};
  Duration computing{};
};

FleetAdvice advise_fleet(const CapacityVariant& variant, const Load& load, const EscrowCost& cost,
                         LoadTester& tester);

}  // namespace escrowstorm::sim
