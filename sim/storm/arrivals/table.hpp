// The table of arrivals, by the name they have in a scenario. The scenario's reader and writer go
// by it too. To add one: a file for it here, a line in table.cpp, and one in docs/scenarios.md; a
// parameter that no other has also goes into ArrivalSpec, and into sim/scenario/arrival_keys.
#pragma once

#include <cstdint>
#include <memory>
#include <span>
#include <string_view>

#include "base/random.hpp"
#include "sim/storm/arrival_spec.hpp"
#include "sim/storm/arrivals/arrivals.hpp"

namespace escrowstorm::sim {

struct ArrivalKind {
  using Make = std::unique_ptr<Arrivals> (*)(const ArrivalSpec& spec, RandomStream random);

  std::string_view name;
  std::string_view about;
  std::span<const std::string_view> keys;
  std::span<const std::string_view> required;  // those of its keys that have no default
  Make make;  // null: closed, the storm's own ends say when the next begins
  Make pace;  // what a duration's escrows are counted by; null: none follow from a duration

  bool is_open() const { return make != nullptr; }
};

std::span<const ArrivalKind> arrival_kinds();

// Nothing when none has that name.
const ArrivalKind* find_arrival_kind(std::string_view name);

// Of the seed's own stream; null for a closed storm. REQUIRES: spec.kind is a name of the table.
std::unique_ptr<Arrivals> make_arrivals(const ArrivalSpec& spec, const Random& random);

// How many are due before `duration` is over, `max` + 1 for more than `max`; where chance says
// when, so many as on average. REQUIRES: the kind has a pace.
std::uint64_t arrivals_within(const ArrivalSpec& spec, Duration duration, std::uint64_t max);

}  // namespace escrowstorm::sim
