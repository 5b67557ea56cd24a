// One load under several seeds: whether it is carried, and what it failed by. What comes out does
// not depend on the number of threads.
#pragma once

#include <cstdint>
#include <functional>
#include <optional>
#include <string>
#include <vector>

#include "base/time.hpp"
#include "sim/capacity/load_run.hpp"
#include "sim/explore/seed_workers.hpp"

namespace escrowstorm::sim {

// A load is carried when no run of it violated an invariant or missed a threshold, and set-ups do
// not take the longer the later they are asked for.
inline constexpr double wait_growth_percent_max = 2;
// One run tells; below it the mean of all runs does.
inline constexpr double wait_growth_percent_hopeless = 10;

struct LoadTrial {
  struct Shortfall {
    std::string criterion;  // "setup_ms.p99 < 60s", "leased_once"
    std::string actual;     // "71.20 s", "violated"
    std::string why;        // of failed escrows; may be empty

    friend bool operator==(const Shortfall&, const Shortfall&) = default;
  };

  std::uint64_t runs = 0;
  // Of each threshold the worst of the runs; of an open storm the growth comes last.
  std::vector<ThresholdResult> criteria;
  std::optional<Shortfall> shortfall;  // the first that was not met
  std::optional<std::uint64_t> seed;  // the lowest that did not; nothing: it shows in the mean only
  Duration setup_p50{};               // of the median run
  Duration setup_p99{};               // the longest of the runs
  Duration life_p50{};                // to the journey's end, of the median run
  Duration computing_per_escrow{};
  bool cut_short = false;

  bool holds() const { return !shortfall && !cut_short && runs > 0; }
  // Of that criterion, when it was judged.
  const ThresholdResult* criterion(const std::string& text) const;
};

// "setup_ms.p99 < 60s: 71.20 s"
std::string shortfall_text(const LoadTrial::Shortfall& shortfall);

// `to_the_end`: also after a run that fails, for figures of all of them. `go_on` is called on the
// calling thread about five times a second with the runs so far; false: enough. What a run throws
// comes out here.
LoadTrial try_load(const CapacityVariant& variant, const SeedRange& seeds, bool to_the_end,
                   const std::function<bool(std::uint64_t runs)>& go_on);

}  // namespace escrowstorm::sim
