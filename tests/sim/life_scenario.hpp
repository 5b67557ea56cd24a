// Scenarios of whole lives for tests, quick in the virtual world.
#pragma once

#include "sim/scenario/scenario.hpp"

namespace escrowstorm::sim {

// So many escrows at once, all with the same end, on three instances each.
inline Scenario life_of(std::uint32_t escrows, JourneyEnd end) {
  using namespace std::chrono_literals;
  Scenario scenario;
  scenario.name = "life";
  scenario.world = "virtual";
  scenario.fleet.instances = 3 * escrows;
  scenario.coordinator.call_deadline = 20s;
  scenario.storm.escrows = escrows;
  JourneySpec journey;
  journey.end = end;
  journey.check_every = 2min;
  scenario.storm.journeys.push_back(journey);
  scenario.chain.emplace();
  scenario.calm.at = 6h;
  scenario.calm.within = 6h;
  return scenario;
}

}  // namespace escrowstorm::sim
