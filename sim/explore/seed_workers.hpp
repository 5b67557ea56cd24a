// Runs seeds on several threads, the lowest first: what searches and trials have in common.
#pragma once

#include <cstdint>
#include <functional>

namespace escrowstorm::sim {

struct SeedRange {
  std::uint64_t first = 1;
  std::uint64_t count = 1;
  unsigned jobs = 1;  // threads
};

// On any of the threads. False: seeds above this one need not be begun; those below it are under
// way or done. `stopped` says when to give up.
using RunSeed = std::function<bool(std::uint64_t seed, const std::function<bool()>& stopped)>;

// `go_on` is asked on the calling thread about five times a second; false: enough. True when it was
// cut short so. What a run throws comes out here.
bool run_seeds(const SeedRange& range, const RunSeed& run, const std::function<bool()>& go_on);

}  // namespace escrowstorm::sim
