// What a scenario's service carries: the most escrows at once and the most a minute that meet its
// thresholds, what limits each, and what fleet would carry a given number. Measured in the virtual
// world, whatever the scenario's own is.
#pragma once

#include <cstdint>
#include <optional>
#include <string>
#include <vector>

#include "sim/capacity/fleet_advice.hpp"
#include "sim/capacity/limit.hpp"
#include "sim/capacity/load_tester.hpp"
#include "sim/capacity/most_carried.hpp"
#include "sim/scenario/scenario.hpp"

namespace escrowstorm::sim {

struct CapacityOptions {
  LoadTestOptions test;
  unsigned step_percent = 5;
  std::optional<std::uint64_t> at_once_max;  // nothing: eight times what the instances hold
  std::optional<std::uint64_t> per_minute;   // that a fleet is wanted for
};

struct CapacityAnswer {
  MostCarried most;
  std::optional<Limit> limit;  // nothing: no load failed
};

struct Capacity {
  LoadTrial alone;                    // one escrow at once
  std::optional<Threshold> assumed;   // since no threshold of the scenario limits a time
  std::vector<std::string> left_out;  // thresholds that depend on how many escrows there are
  CapacityAnswer at_once;
  CapacityAnswer per_minute;
  // Escrows per minute came no longer than this, which is not long enough to be steady.
  std::optional<Duration> too_short;
  std::optional<FleetAdvice> advice;
  bool cut_short = false;

  // Something is carried, and a fleet was found if one was asked for.
  bool is_whole() const;
};

// Whether some of its journeys are escrows.
bool has_escrows(const Scenario& scenario);

// REQUIRES: has_escrows().
Capacity find_capacity(const Scenario& scenario, const CapacityOptions& options,
                       const LoadProgress& progress);

}  // namespace escrowstorm::sim
