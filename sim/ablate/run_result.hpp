// What a verdict needs to know of one run, in whatever world it was.
#pragma once

#include <cstdint>
#include <optional>
#include <string>
#include <string_view>
#include <vector>

#include "base/time.hpp"
#include "sim/explore/virtual_run.hpp"
#include "sim/metrics/summary.hpp"

namespace escrowstorm::sim {

struct TrialFailure {
  std::uint64_t seed = 0;
  std::string cause;  // an invariant's name, or why an escrow failed
  bool is_invariant = false;

  friend bool operator==(const TrialFailure&, const TrialFailure&) = default;
};

// What breaks where no invariant does, as tables name it.
inline constexpr std::string_view escrow_failed = "escrow failed";
inline constexpr std::string_view escrow_never_ended = "escrow never ended";

struct RunResult {
  Duration setup{};     // the median; zero: none became ready
  Duration makespan{};  // from the first escrow's start to the last event
  std::optional<TrialFailure> failure;
  std::vector<std::string> broken;  // all invariants that were, and the two above
};

RunResult result_of(const VirtualOutcome& outcome, std::uint64_t seed);
RunResult result_of(const Summary& summary);

}  // namespace escrowstorm::sim
