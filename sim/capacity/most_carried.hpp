// The most of a load that is carried: doubled until it fails, or halved until it is carried, then
// bisected. Takes for granted that who carries a load carries any smaller one.
#pragma once

#include <cstdint>
#include <optional>

#include "sim/capacity/load_tester.hpp"

namespace escrowstorm::sim {

struct MostCarried {
  LoadKind kind = LoadKind::at_once;
  std::uint64_t carried = 0;            // 0: none that was tried
  std::optional<std::uint64_t> failed;  // the least that did; nothing: none that was tried
  LoadTrial at_carried;
  LoadTrial at_failed;

  Load carried_load() const { return {kind, carried}; }
};

struct SearchRange {
  std::uint64_t start = 1;  // where it is likely to be
  std::uint64_t most = 1;   // nothing above is tried; start <= most
  unsigned step_percent = 5;
};

MostCarried find_most_carried(const CapacityVariant& variant, LoadKind kind,
                              const SearchRange& range, LoadTester& tester);

}  // namespace escrowstorm::sim
