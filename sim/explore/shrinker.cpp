#include "sim/explore/shrinker.hpp"

#include <algorithm>
#include <array>
#include <vector>

namespace escrowstorm::sim {
namespace {

using Candidates = std::vector<Scenario>;

constexpr std::uint64_t seeds_for_each = 12;

// 1, 2, 3, 5, 8 ... below `number`; of a small one also the next.
std::vector<std::uint64_t> smaller_than(std::uint64_t number, std::uint64_t least) {
  std::vector<std::uint64_t> smaller;
  std::uint64_t before = 1;
  for (std::uint64_t next = 1; next < number;) {
    if (next >= least) smaller.push_back(next);
    const std::uint64_t sum = next + before;
    before = next;
    next = sum;
  }
  constexpr std::uint64_t small = 16;
  if (number > least && number <= small && (smaller.empty() || smaller.back() != number - 1))
    smaller.push_back(number - 1);
  return smaller;
}

Scenario with_escrows(Scenario scenario, std::uint64_t escrows) {
  scenario.storm.escrows = static_cast<std::uint32_t>(escrows);
  if (scenario.storm.concurrency)
    scenario.storm.concurrency = std::min(*scenario.storm.concurrency, scenario.storm.escrows);
  return scenario;
}

// As crowded as it is: where escrows meet on instances, fewer of the ones alone would not meet.
Candidates smaller_storm(const Scenario& from) {
  Candidates candidates;
  for (const std::uint64_t escrows : smaller_than(from.storm.escrows, 1)) {
    const std::uint64_t instances = from.fleet.instances * escrows / from.storm.escrows;
    candidates.push_back(with_escrows(from, escrows));
    candidates.back().fleet.instances =
        static_cast<std::uint32_t>(std::max<std::uint64_t>(instances, role_count));
  }
  return candidates;
}

Candidates fewer_escrows(const Scenario& from) {
  Candidates candidates;
  for (const std::uint64_t escrows : smaller_than(from.storm.escrows, 1))
    candidates.push_back(with_escrows(from, escrows));
  return candidates;
}

Candidates fewer_instances(const Scenario& from) {
  Candidates candidates;
  for (const std::uint64_t instances : smaller_than(from.fleet.instances, role_count))
    candidates.emplace_back(from).fleet.instances = static_cast<std::uint32_t>(instances);
  return candidates;
}

Candidates fewer_faults(const Scenario& from) {
  Candidates candidates;
  if (from.faults.size() > 1) candidates.emplace_back(from).faults.clear();
  for (std::size_t i = 0; i < from.faults.size(); ++i) {
    Scenario& candidate = candidates.emplace_back(from);
    candidate.faults.erase(candidate.faults.begin() + static_cast<std::ptrdiff_t>(i));
  }
  return candidates;
}

Candidates shorter_schedule(const Scenario& from) {
  if (from.schedule == "fifo") return {};
  Candidates candidates;
  Scenario& fifo = candidates.emplace_back(from);
  fifo.schedule = "fifo";
  fifo.schedule_choices.reset();
  constexpr std::uint64_t many = 100'000;
  for (const std::uint64_t choices : smaller_than(from.schedule_choices.value_or(many), 1))
    candidates.emplace_back(from).schedule_choices = choices;
  return candidates;
}

Candidates rarer_faults(const Scenario& from) {
  Candidates candidates;
  for (std::size_t i = 0; i < from.faults.size(); ++i) {
    const auto at_most = from.faults[i].trigger.at_most;
    constexpr std::uint64_t many = 1000;
    for (const std::uint64_t fewer : smaller_than(at_most.value_or(many), 1))
      candidates.emplace_back(from).faults[i].trigger.at_most = fewer;
  }
  return candidates;
}

// Nothing, half of it, or whole milliseconds.
void shorten(Duration delay, const std::function<Duration&(Scenario&)>& delay_in,
             const Scenario& from, Candidates& candidates) {
  const Duration half = delay / 2;
  for (const Duration shorter : {Duration::zero(), half})
    if (shorter < delay) delay_in(candidates.emplace_back(from)) = shorter;
}

Candidates smaller_delays(const Scenario& from) {
  Candidates candidates;
  for (std::size_t i = 0; i < from.faults.size(); ++i) {
    const FaultParameters& is = from.faults[i].parameters;
    const auto delay = [i](Scenario& s) -> Duration& { return s.faults[i].parameters.delay; };
    const auto restart = [i](Scenario& s) -> Duration& {
      return s.faults[i].parameters.restart_after;
    };
    const auto resume = [i](Scenario& s) -> Duration& {
      return s.faults[i].parameters.resume_after;
    };
    shorten(is.delay, delay, from, candidates);
    shorten(is.restart_after, restart, from, candidates);
    shorten(is.resume_after, resume, from, candidates);
  }
  return candidates;
}

Candidates plainer_fleet(const Scenario& from) {
  Candidates candidates;
  if (from.fleet.latency != "none") candidates.emplace_back(from).fleet.latency = "none";
  return candidates;
}

constexpr std::array ways{smaller_storm,    fewer_escrows, fewer_faults,   fewer_instances,
                          shorter_schedule, rarer_faults,  smaller_delays, plainer_fleet};

class Shrinker {
 public:
  Shrinker(Scenario failing, const StillFails& still_fails, std::uint64_t runs_max)
      : still_fails_(still_fails), runs_max_(runs_max), shrunk_{std::move(failing)} {}

  Shrunk shrink() {
    while (any_way_helps()) {
    }
    return std::move(shrunk_);
  }

 private:
  bool any_way_helps() {
    bool helped = false;
    for (const auto way : ways)
      while (a_candidate_fails(way(shrunk_.scenario))) helped = true;
    return helped;
  }

  // Takes the first that does.
  bool a_candidate_fails(const Candidates& candidates) {
    for (const Scenario& candidate : candidates)
      if (fails_under_some_seed(candidate)) return true;
    return false;
  }

  bool fails_under_some_seed(Scenario candidate) {
    if (candidate == shrunk_.scenario) return false;
    const std::uint64_t own_seed = candidate.seed;
    for (std::uint64_t i = 0; i < seeds_for_each; ++i) {
      candidate.seed = own_seed + i;
      if (shrunk_.runs == runs_max_) return false;
      ++shrunk_.runs;
      if (!still_fails_(candidate)) continue;
      shrunk_.scenario = std::move(candidate);
      return true;
    }
    return false;
  }

  const StillFails& still_fails_;
  const std::uint64_t runs_max_;
  Shrunk shrunk_;
};

}  // namespace

Shrunk shrink(Scenario failing, const StillFails& still_fails, std::uint64_t runs_max) {
  return Shrinker(std::move(failing), still_fails, runs_max).shrink();
}

}  // namespace escrowstorm::sim
