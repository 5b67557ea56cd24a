// The metrics that thresholds ask for of a part of the run, counted from events as they come: what
// is of the whole run stands in the summary anyway.
#pragma once

#include <map>
#include <nlohmann/json_fwd.hpp>
#include <optional>
#include <set>
#include <string>
#include <string_view>

#include "base/observer.hpp"
#include "sim/metrics/histogram.hpp"
#include "sim/scenario/scenario.hpp"
#include "sim/thresholds/selection.hpp"

namespace escrowstorm::sim {

// Finds the event that says first of its escrow that it is ready. Told every event, once.
class FirstReady {
 public:
  bool is(const Event& event);

 private:
  std::set<EscrowId> going_on_;  // ready or answered, and not at their journey's end
};

// Some of a method's calls, or the set-ups, calls and ends of escrows within a window.
class Gauge {
 public:
  // `path`: of a metric that can be selected.
  Gauge(std::string_view path, Selection selection);

  // `first_ready`: the event says first of its escrow that it is ready. Whether it counts here.
  bool on(const Event& event, bool first_ready);

  // A number, or null without one.
  nlohmann::ordered_json value() const;
  // Those that a percentile rests on.
  std::uint64_t samples() const { return took_.count(); }
  bool is_percentile() const { return what_.starts_with('p'); }

  // What it is at least when the run ends with no more than `samples_max` samples, whatever is
  // still to come; `samples_max` is of percentiles only. Nothing while it has no value.
  // REQUIRES: of a metric that only grows, or a percentile.
  std::optional<double> at_least(std::uint64_t samples_max) const;

 private:
  bool counts(const Event& event, bool first_ready) const;
  unsigned percent() const;  // of a percentile

  std::string method_;  // empty: escrows
  std::string what_;    // "p99", "errors", "failed"
  bool of_setup_ = false;
  bool of_journey_call_ = false;
  Selection selection_;
  Histogram took_;
  std::uint64_t errors_ = 0;
};

class Gauges final : public Observer {
 public:
  // For the thresholds of the scenario, and what it expects of metrics.
  explicit Gauges(const Scenario& scenario);

  void on(const Event& event) override;

  // Puts what was measured under "selected" into summary.json; nothing when nothing was asked for.
  void add_to(nlohmann::ordered_json& summary) const;

 private:
  void add(const Threshold& threshold);

  std::map<std::string, Gauge, std::less<>> gauges_;  // by metric
  FirstReady first_ready_;
};

}  // namespace escrowstorm::sim
