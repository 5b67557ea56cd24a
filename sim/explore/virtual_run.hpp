// One whole run of a scenario in the virtual world, without files and without a word: what a search
// runs by the thousand. Any thread; runs share nothing.
#pragma once

#include <cstdint>
#include <functional>
#include <optional>
#include <string>
#include <vector>

#include "sim/explore/story.hpp"
#include "sim/invariants/judge.hpp"
#include "sim/metrics/summary.hpp"
#include "sim/probes/probe_board.hpp"
#include "sim/scenario/scenario.hpp"

namespace escrowstorm::sim {

struct VirtualOutcome {
  std::string digest;  // as `run` computes it
  std::vector<Violation> violations;
  ProbeCounts probes;  // those that the scenario could meet
  std::uint64_t calls = 0;
  EscrowCounts escrows;
  Distribution setup;                 // of the escrows that became ready
  Duration makespan{};                // from the first escrow's start to the last event
  std::vector<ReasonCount> failures;  // of escrows, most frequent first
  bool interrupted = false;           // by a signal: what is here was seen until then

  // The first one of that invariant.
  const Violation* violation_of(std::string_view invariant) const;
};

// All of them may be none.
struct VirtualListeners {
  Story* story = nullptr;
  Observer* observer = nullptr;
  // Asked now and then whether to end; none: signals are watched.
  std::function<bool()> asked_to_end;
};

VirtualOutcome run_virtually(const Scenario& scenario, const VirtualListeners& listeners = {});

}  // namespace escrowstorm::sim
