// Counts events into a Summary. The same events give the same summary, whether they come from a run
// or from its trace.
#pragma once

#include <map>
#include <set>
#include <string>
#include <utility>

#include "base/observer.hpp"
#include "sim/metrics/histogram.hpp"
#include "sim/metrics/summary.hpp"

namespace escrowstorm::sim {

class SummaryBuilder final : public Observer {
 public:
  void on(const Event& event) override;

  // Without thresholds and expectations.
  Summary finish(RunFacts facts) const;

 private:
  struct Method {
    Histogram took;
    std::uint64_t errors = 0;
  };

  void on_call(const Event& event);
  void on_escrow(const Event& event);
  void on_start(const Event& event);
  void on_end(const Event& event);

  bool interrupted_ = false;
  std::optional<Abort> abort_;
  EscrowCounts escrows_;
  std::set<EscrowId> going_on_;  // ready or answered, and not at their journey's end
  TimePoint first_start_{};
  TimePoint last_{};
  Histogram setup_;
  Histogram calls_;
  Histogram lateness_;
  std::map<std::string, Method, std::less<>> methods_;
  std::map<std::pair<int, std::string>, std::uint64_t> errors_;
  std::map<std::string, std::uint64_t> failures_;
};

}  // namespace escrowstorm::sim
