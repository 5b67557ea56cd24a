// What runs under many seeds came to, kept by seed, for those who look at all of them or stop at
// the first that fails. The same on any number of threads.
#pragma once

#include <algorithm>
#include <cstdint>
#include <functional>
#include <iterator>
#include <map>
#include <mutex>
#include <optional>
#include <utility>
#include <vector>

#include "base/time.hpp"
#include "sim/explore/seed_workers.hpp"

namespace escrowstorm::sim {

template <class Result>
struct RunsBySeed {
  std::map<std::uint64_t, Result> results;
  bool cut_short = false;
};

// `run(seed, stopped)` gives a Result or, when it was stopped, nothing; `fails(result)` ends it
// there, unless `to_the_end`: runs above the lowest seed that failed were under way by luck, and
// are left out. `go_on` is called on the calling thread with the runs so far; false: enough.
template <class Result, class Run, class Fails>
RunsBySeed<Result> run_by_seed(const SeedRange& seeds, bool to_the_end, const Run& run,
                               const Fails& fails,
                               const std::function<bool(std::uint64_t runs)>& go_on) {
  std::mutex mutex;
  RunsBySeed<Result> all;
  const RunSeed one = [&](std::uint64_t seed, const std::function<bool()>& stopped) {
    std::optional<Result> result = run(seed, stopped);
    if (!result) return true;
    const bool goes_on = to_the_end || !fails(*result);
    const std::lock_guard lock(mutex);
    all.results.emplace(seed, std::move(*result));
    return goes_on;
  };
  all.cut_short = run_seeds(seeds, one, [&] {
    std::unique_lock lock(mutex);
    const std::uint64_t runs = all.results.size();
    lock.unlock();
    return go_on(runs);
  });
  if (to_the_end) return all;
  const auto failed = std::find_if(all.results.begin(), all.results.end(),
                                   [&](const auto& entry) { return fails(entry.second); });
  if (failed != all.results.end()) all.results.erase(std::next(failed), all.results.end());
  return all;
}

// Of the runs that have it at all: above zero. Zero: none has.
template <class Result>
Duration median_of(const std::map<std::uint64_t, Result>& results, Duration Result::*value) {
  std::vector<Duration> all;
  for (const auto& [seed, result] : results)
    if (result.*value > Duration::zero()) all.push_back(result.*value);
  if (all.empty()) return Duration::zero();
  std::sort(all.begin(), all.end());
  return all[all.size() / 2];
}

}  // namespace escrowstorm::sim
