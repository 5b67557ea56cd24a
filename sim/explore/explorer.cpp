#include "sim/explore/explorer.hpp"

#include <algorithm>
#include <map>
#include <mutex>
#include <set>
#include <string>

#include "sim/explore/seed_workers.hpp"
#include "sim/explore/swarm.hpp"

namespace escrowstorm::sim {
namespace {

bool comes_before(const FoundViolation& a, const FoundViolation& b) {
  return a.seed != b.seed ? a.seed < b.seed : a.place < b.place;
}

class Explorer {
 public:
  Explorer(const Scenario& scenario, const ExploreOptions& options)
      : scenario_(scenario), options_(options) {}

  Explored explore(const GoOn& go_on) {
    const SeedRange range{options_.first_seed, options_.seeds, options_.jobs};
    const RunSeed run = [this](std::uint64_t seed, const std::function<bool()>& stopped) {
      return learn(seed, run_virtually(draw(scenario_, seed), {nullptr, nullptr, stopped}));
    };
    result_.cut_short = run_seeds(range, run, [&] { return go_on(progress()); });
    for (const auto& [invariant, found] : found_) result_.found.push_back(found);
    std::sort(result_.found.begin(), result_.found.end(), comes_before);
    // What seeds after the first found, because they were under way, is a matter of luck.
    if (!options_.keep_going && !result_.found.empty()) result_.found.resize(1);
    result_.progress = progress();
    return std::move(result_);
  }

 private:
  // Whether to go on with the seeds after this one.
  bool learn(std::uint64_t seed, const VirtualOutcome& outcome) {
    if (outcome.interrupted) return true;
    const std::lock_guard lock(mutex_);
    ++result_.progress.runs;
    result_.progress.calls += outcome.calls;
    result_.progress.ready += outcome.escrows.ready;
    result_.progress.failed += outcome.escrows.failed;
    digests_.insert(std::stoull(outcome.digest, nullptr, 16));
    result_.probes.resize(outcome.probes.size());
    for (std::size_t i = 0; i < outcome.probes.size(); ++i)
      if (outcome.probes[i]) result_.probes[i] = result_.probes[i].value_or(0) + *outcome.probes[i];
    for (std::size_t place = 0; place < outcome.violations.size(); ++place) {
      const FoundViolation found{seed, place, outcome.violations[place]};
      const auto [at, is_new] = found_.try_emplace(found.violation.invariant, found);
      if (!is_new && comes_before(found, at->second)) at->second = found;
    }
    return outcome.violations.empty() || options_.keep_going;
  }

  ExploreProgress progress() {
    const std::lock_guard lock(mutex_);
    ExploreProgress progress = result_.progress;
    progress.schedules = digests_.size();
    progress.found = found_.size();
    return progress;
  }

  const Scenario& scenario_;
  const ExploreOptions options_;
  std::mutex mutex_;  // guards what follows
  Explored result_;
  std::set<std::uint64_t> digests_;
  std::map<std::string_view, FoundViolation> found_;
};

}  // namespace

Explored explore(const Scenario& scenario, const ExploreOptions& options, const GoOn& go_on) {
  return Explorer(scenario, options).explore(go_on);
}

}  // namespace escrowstorm::sim
