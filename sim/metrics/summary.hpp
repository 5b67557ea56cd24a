// What a run came to: the content of summary.json and of the table at its end. Made from events by
// SummaryBuilder, so that it can be made again from a trace.
#pragma once

#include <cstdint>
#include <nlohmann/json_fwd.hpp>
#include <optional>
#include <string>
#include <vector>

#include "base/time.hpp"
#include "sim/metrics/histogram.hpp"
#include "sim/thresholds/threshold.hpp"

namespace escrowstorm::sim {

// What the events do not say.
struct RunFacts {
  std::string scenario;
  std::string world;
  std::uint64_t seed = 0;
  std::uint64_t planned = 0;  // escrows that the scenario asks for
  std::string digest;
};

struct EscrowCounts {
  std::uint64_t started = 0;
  std::uint64_t ready = 0;      // have an address
  std::uint64_t completed = 0;  // their journey ended as asked; of a set-up that is: ready
  std::uint64_t failed = 0;     // it ended otherwise
  std::uint64_t late = 0;       // were due and could not start: too many were under way

  std::uint64_t unfinished() const { return started - completed - failed; }
};

struct Distribution {
  std::uint64_t count = 0;
  Duration min{}, p50{}, p90{}, p99{}, max{};  // meaningless when count is 0

  static Distribution of(const Histogram& histogram);
};

struct MethodSummary {
  std::string method;
  std::uint64_t errors = 0;
  Distribution took;
};

struct ErrorCount {
  int code = 0;  // 0: no answer came
  std::string message;
  std::uint64_t count = 0;
};

struct InvariantResult {
  std::string name;
  std::uint64_t violations = 0;
};

struct FaultResult {
  std::string fault;
  std::uint64_t fired = 0;
};

// A threshold that could not hold any more, and ended the storm for it.
struct Abort {
  std::string threshold;
  TimePoint at{};  // since the world began
};

struct ReasonCount {
  std::string reason;
  std::uint64_t count = 0;
};

struct Summary {
  RunFacts run;
  bool interrupted = false;
  EscrowCounts escrows;
  Duration makespan{};                // from the first escrow's start to the last event of the run
  Distribution setup;                 // of the escrows that became ready
  Distribution calls;                 // of journeys that are one call, and were answered
  Distribution lateness;              // of an open storm's escrows, from when they were due
  std::vector<MethodSummary> rpc;     // by name
  std::vector<ErrorCount> errors;     // of calls, most frequent first
  std::vector<ReasonCount> failures;  // of escrows, most frequent first
  std::vector<InvariantResult> invariants;  // that the world could be held against
  std::vector<FaultResult> faults;          // of the scenario, in its order
  std::vector<ThresholdResult> thresholds;
  std::optional<Abort> abort;
  std::optional<bool> as_expected;      // when the scenario says what to expect
  std::vector<std::string> unexpected;  // in what it came out otherwise

  std::uint64_t violations() const;

  // Interrupted, an invariant violated, an escrow that never ended, or a threshold missed: no pass.
  bool passed() const;
};

// The content of summary.json.
nlohmann::ordered_json to_json(const Summary& summary);

// The most frequent errors and failures that summary.json and the table show.
inline constexpr std::size_t listed_max = 20;

}  // namespace escrowstorm::sim
