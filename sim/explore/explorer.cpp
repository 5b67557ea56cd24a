#include "sim/explore/explorer.hpp"

#include <algorithm>
#include <atomic>
#include <condition_variable>
#include <exception>
#include <map>
#include <mutex>
#include <set>
#include <string>
#include <thread>
#include <utility>

#include "sim/explore/swarm.hpp"

namespace escrowstorm::sim {
namespace {

constexpr std::chrono::milliseconds between_looks(200);

bool comes_before(const FoundViolation& a, const FoundViolation& b) {
  return a.seed != b.seed ? a.seed < b.seed : a.place < b.place;
}

class Explorer {
 public:
  Explorer(const Scenario& scenario, const ExploreOptions& options)
      : scenario_(scenario),
        options_(options),
        next_(options.first_seed),
        end_(options.first_seed + options.seeds) {}

  Explored explore(const GoOn& go_on) {
    {
      std::vector<std::jthread> threads;
      for (unsigned i = 0; i < options_.jobs; ++i) {
        ++at_work_;
        threads.emplace_back([this] { work(); });
      }
      wait(go_on);
    }
    if (thrown_) std::rethrow_exception(thrown_);
    for (const auto& [invariant, found] : found_) result_.found.push_back(found);
    std::sort(result_.found.begin(), result_.found.end(), comes_before);
    // What seeds after the first found, because they were under way, is a matter of luck.
    if (!options_.keep_going && !result_.found.empty()) result_.found.resize(1);
    result_.progress = progress();
    return std::move(result_);
  }

 private:
  void wait(const GoOn& go_on) {
    std::unique_lock lock(mutex_);
    while (!ended_.wait_for(lock, between_looks, [this] { return at_work_ == 0; })) {
      const ExploreProgress now = progress();
      lock.unlock();
      const bool goes_on = go_on(now);
      lock.lock();
      if (goes_on) continue;
      result_.cut_short = true;
      end_ = next_;
      stopped_ = true;
    }
  }

  void work() {
    const std::function<bool()> stopped = [this] { return stopped_.load(); };
    try {
      while (const std::optional<std::uint64_t> seed = take_seed())
        learn(*seed, run_virtually(draw(scenario_, *seed), {nullptr, nullptr, stopped}));
    } catch (...) {
      const std::lock_guard lock(mutex_);
      thrown_ = std::current_exception();
      end_ = next_;
    }
    const std::lock_guard lock(mutex_);
    --at_work_;
    ended_.notify_one();
  }

  std::optional<std::uint64_t> take_seed() {
    const std::lock_guard lock(mutex_);
    if (next_ >= end_) return std::nullopt;
    return next_++;
  }

  void learn(std::uint64_t seed, const VirtualOutcome& outcome) {
    if (outcome.interrupted) return;
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
    // Seeds below this one are under way or done: what they find comes before it.
    if (!outcome.violations.empty() && !options_.keep_going) end_ = std::min(end_, seed);
  }

  ExploreProgress progress() const {
    ExploreProgress progress = result_.progress;
    progress.schedules = digests_.size();
    progress.found = found_.size();
    return progress;
  }

  const Scenario& scenario_;
  const ExploreOptions options_;
  std::mutex mutex_;  // guards what follows
  std::condition_variable ended_;
  unsigned at_work_ = 0;
  std::uint64_t next_;
  std::uint64_t end_;
  Explored result_;
  std::set<std::uint64_t> digests_;
  std::map<std::string_view, FoundViolation> found_;
  std::exception_ptr thrown_;
  std::atomic<bool> stopped_ = false;  // not guarded: looked at while runs go on
};

}  // namespace

Explored explore(const Scenario& scenario, const ExploreOptions& options, const GoOn& go_on) {
  return Explorer(scenario, options).explore(go_on);
}

}  // namespace escrowstorm::sim
